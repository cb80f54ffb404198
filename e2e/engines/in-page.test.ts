/** Checks in every engine that a run in the page works, and is the same run to the byte. */
import { expect, test } from 'vitest';
import { hashFor } from '../../site/playground/share-address.ts';
import { pairs } from '../setup/programs/in-page-programs.ts';
import { traceDigest } from '../setup/trace-digest.ts';
import { describeEachEngine } from './setup/each-engine.ts';
import { EnginePlayground, openPage } from './setup/playground.ts';

const echoing =
  "new (require('ws').WebSocketServer)({ port: 8080 }).on('connection', (ws) => ws.on('message', (data) => ws.send(data)));";

describeEachEngine('a run in the page', (using) => {
  const inPlayground = async <Result>(
    { client, server }: { client: string; server: string },
    use: (playground: EnginePlayground) => Promise<Result>,
  ): Promise<Result> =>
    await using.page(async (page) => {
      await openPage(page, `${using.origin}/playground/${hashFor(client, server)}`);
      return await use(new EnginePlayground(page));
    });

  test('carries the conversation of a server and a client, and gives the trace that every engine gives', async () => {
    await inPlayground(pairs.echo, async (playground) => {
      const trace = await playground.runToRest();
      for (const line of pairs.echo.says) await playground.hear(line);
      expect(traceDigest(trace)).toBe(pairs.echo.trace);
    });
  });

  test.each([
    ['syntax that no parser takes', 'let x = 1;\nlet y = ;', /SyntaxError: .*\(server\.ts, line 2/],
    ['an error thrown at the start', "\n  throw new TypeError('boom');", /TypeError: boom \(server\.ts, line 2/],
    ['an error thrown in a timer', 'setTimeout(() => {\n  null.x;\n});', /TypeError: .*\(server\.ts, line 2/],
    ['a rejected promise', "\nvoid Promise.reject(new Error('nope'));", /A promise was rejected.*Error: nope.*line 2/],
    ['a port that is in use', `${echoing}\n${echoing}`, /EADDRINUSE/],
    ['a module that is not there', "const io = require('socket.io');", /socket\.io.*line 1/],
    ['an import that is not there', "let a;\nimport { Server } from 'socket.io';\nnew Server();", /socket\.io.*line 2/],
  ])('whose server fails says what and where: %s', async (_what, server, message) => {
    await inPlayground({ client: '', server }, (playground) => playground.runFor(message));
  });

  test('with an endless loop in its server is reported, ends with Stop, and leaves the page working', async () => {
    await inPlayground({ client: '', server: 'for (;;) {}' }, async (playground) => {
      await playground.runFor('has been busy for 2 s');
      await playground.press('Stop');
      await playground.hear('Stopped.');
      await playground.runFor('has been busy for 2 s');
    });
  });

  test('reaches no network at all, from server and client', async () => {
    const tries = (who: string): string => `
      (async () => {
        await import('${using.origin}/favicon.svg').catch(() => console.log('${who}: refused import'));
        if (globalThis.XMLHttpRequest) try { const x = new XMLHttpRequest(); x.onerror = () => console.log('${who}: refused XHR'); x.open('GET', '${using.origin}/sandbox'); x.send(); } catch { console.log('${who}: refused XHR'); }
        setTimeout(() => console.log('${who}: all tried'), 100);
      })();`;
    await inPlayground({ client: tries('client'), server: tries('server') }, async (playground) => {
      await playground.runFor('server: all tried');
      const lines = (await playground.hear('client: all tried')).join('\n');
      for (const who of ['client', 'server']) expect(lines).toContain(`${who}: refused import`);
    });
  });
});
