import { describe, expect, test } from 'vitest';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { exchange, rejection, told } from '../testing/over-http.ts';

describe('what is given up', () => {
  test('before it began is never sent', async () => {
    const { log, trace } = await exchange(
      (_, res) => void res.end(),
      async ({ fetch, log }) => log.push(await rejection(fetch('/', { signal: AbortSignal.abort() }))) as never,
    );
    expect(log).toEqual(['AbortError: This operation was aborted']);
    expect(told(trace)).toEqual(['0 client A1 exchange_started', '0 client A1 exchange_ended']);
  });

  test('while it waits rejects with the reason, and the server hears of it', async () => {
    const { log, trace } = await exchange(
      (req, _res, { clock, log }) => void req.on('close', () => log.push(`${clock.present} the server heard`)),
      async ({ fetch, clock, log, wait }) => {
        const control = new AbortController();
        const waiting = rejection(fetch('/', { signal: control.signal }));
        await wait(50);
        control.abort(new Error('enough'));
        log.push(`${clock.present} ${await waiting}`);
      },
      { latency: 20 },
    );
    expect(log).toEqual(['50 Error: enough', '70 the server heard']);
    expect(trace.events.filter(({ name }) => name === 'exchange_ended')).toMatchObject([
      { time: 50, at: 'client', complete: false, cause: 'aborted', reason: 'The program gave it up.' },
      { time: 50, at: 'socket', complete: false, reason: 'The client went away before it had the whole answer.' },
    ]);
  });

  test('while its body comes, by the signal or by the stream, ends the reading', async () => {
    const { log } = await exchange(
      (req, res, { clock, log }) => {
        res.write('one');
        req.on('close', () => log.push(`${clock.present} the server heard`));
      },
      async ({ fetch, clock, log, wait }) => {
        const control = new AbortController();
        const response = await fetch('/', { signal: control.signal });
        const whole = rejection(response.text());
        await wait(50);
        control.abort();
        log.push(`${clock.present} ${await whole}`);
        await (await fetch('/')).body?.cancel();
        log.push(`${clock.present} cancelled`);
      },
      { latency: 10 },
    );
    expect(log).toEqual([
      '70 AbortError: This operation was aborted',
      '80 the server heard',
      '90 cancelled',
      '100 the server heard',
    ]);
  });
});

describe('fails as fetch does', () => {
  test('where nobody listens', async () => {
    const { log, trace } = await exchange(
      (_, res) => void res.end(),
      async ({ fetch, log }) => log.push(await rejection(fetch('http://localhost:7070/'))) as never,
    );
    expect(log).toEqual(['TypeError: Failed to fetch']);
    expect(trace.events).toMatchObject([
      { name: 'exchange_started', at: 'client', target: 'http://localhost:7070/' },
      { name: 'exchange_ended', at: 'client', complete: false, cause: 'failed' },
    ]);
  });

  test('where the server closes the connection, before an answer or within one', async () => {
    const { log, trace } = await exchange(
      (req, res) => {
        if (req.url === '/within') res.write('half');
        req.socket.destroy();
      },
      async ({ fetch, log }) => {
        log.push(await rejection(fetch('/before')));
        log.push(await rejection((await fetch('/within')).text()));
      },
    );
    expect(log).toEqual(['TypeError: Failed to fetch', 'TypeError: network error']);
    expect(exchangesOf(trace).map(({ complete, client }) => [complete, client?.outcome])).toEqual([
      [false, 'failed'],
      [false, 'failed'],
    ]);
  });

  test('where the link is cut', async () => {
    const { log, trace } = await exchange(
      () => undefined,
      async ({ fetch, log, clock }) => log.push(`${await rejection(fetch('/'))} ${clock.present}`) as never,
      { latency: 20, cut: 30 },
    );
    expect(log).toEqual(['TypeError: Failed to fetch 30']);
    expect(told(trace).slice(-3)).toEqual(['30 link A1 link_cut', '30 socket A1 exchange_ended', '30 client A1 exchange_ended']);
  });

  test('where the answer is no HTTP, or has a field that is none', async () => {
    const { log, trace } = await exchange(
      (req) => {
        const head = req.url === '/text' ? 'hello\r\n\r\n' : 'HTTP/1.1 200 OK\r\nbad name: x\r\n\r\n';
        req.socket.write(head);
      },
      async ({ fetch, log }) => {
        for (const path of ['/text', '/field']) log.push(await rejection(fetch(path)));
      },
    );
    expect(log).toEqual(['TypeError: Failed to fetch', 'TypeError: Failed to fetch']);
    expect(exchangesOf(trace).map(({ client }) => client?.outcome)).toEqual(['failed', 'failed']);
  });

  test('for what is no request, and without a word in the trace', async () => {
    const { log, trace } = await exchange(
      (_, res) => void res.end(),
      async ({ fetch, log }) => {
        const tries: [string, RequestInit?][] = [
          ['http://'],
          ['/', { body: 'x' }],
          ['http://me:secret@localhost:8080/'],
          ['ftp://localhost/'],
        ];
        for (const given of tries) log.push((await rejection(fetch(...given))).slice(0, 9));
      },
    );
    expect(log).toEqual(Array(4).fill('TypeError'));
    expect(trace.events).toEqual([]);
  });
});
