import { describe, expect, test } from 'vitest';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { exchange, rejection } from '../testing/over-http.ts';

describe('of another origin', () => {
  const other = 'http://localhost:9090/';
  test('an answer is read only where the server allows it, and only the fields that it exposes', async () => {
    const { log } = await exchange(
      (req, res) => {
        if (req.url !== '/silent')
          res.setHeader('Access-Control-Allow-Origin', req.url === '/any' ? '*' : String(req.headers.origin));
        res.setHeader('Access-Control-Expose-Headers', 'X-Shown').setHeader('X-Shown', '1').setHeader('X-Hidden', '2');
        res.end('text');
      },
      async ({ fetch, log }) => {
        log.push(await rejection(fetch(`${other}silent`)));
        for (const path of ['any', 'own']) {
          const { type, headers } = await fetch(other + path);
          log.push(`${type} ${headers.get('x-shown')} ${headers.get('x-hidden')}`);
        }
        log.push(await rejection(fetch(`${other}any`, { credentials: 'include' })));
        const opaque = await fetch(`${other}silent`, { mode: 'no-cors' });
        log.push(`${opaque.type} ${opaque.status} ${opaque.url} ${await opaque.text()}`);
      },
    );
    expect(log).toEqual(['TypeError: Failed to fetch', 'cors 1 null', 'cors 1 null', 'TypeError: Failed to fetch', 'opaque 0  ']);
  });

  test('a request that any page could not make by a form is asked for first, and the answer counts for five seconds', async () => {
    const { log, trace } = await exchange(
      (req, res, { log }) => {
        log.push(`${req.method} ${String(req.headers['access-control-request-headers'] ?? '')}`.trim());
        res.setHeader('Access-Control-Allow-Origin', '*').setHeader('Access-Control-Allow-Headers', 'X-Mine, Content-Type');
        if (req.method === 'OPTIONS') res.writeHead(204);
        res.end();
      },
      async ({ fetch, log, wait }) => {
        await fetch(other, { method: 'POST', body: 'simple' });
        const init = { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json', 'X-Mine': '1' } };
        await fetch(other, init);
        await fetch(other, init);
        await wait(5000);
        await fetch(other, init);
        log.push(await rejection(fetch(other, { method: 'DELETE' })));
      },
    );
    expect(log).toEqual([
      'POST',
      'OPTIONS content-type,x-mine',
      'POST',
      'POST',
      'OPTIONS content-type,x-mine',
      'POST',
      'OPTIONS',
      'TypeError: Failed to fetch',
    ]);
    const [, first, second] = exchangesOf(trace);
    expect([first?.method, first?.client, second?.method, second?.client?.api]).toEqual([
      'POST',
      expect.anything(),
      'OPTIONS',
      undefined,
    ]);
  });
});
