/** Checks in every engine that a run in the page works, and is the same run to the byte. */
import { expect, test } from 'vitest';
import { hashFor } from '../../site/playground/share-address.ts';
import { startElsewhere } from '../setup/hosts/elsewhere.ts';
import { pairs } from '../setup/programs/in-page-programs.ts';
import { triesToGetOut, waysTried } from '../setup/programs/ways-out-program.ts';
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

  test('tells the line of a message that crashes its server, whose client sees 1006, and of a port on which nobody listens', async () => {
    const crashing = `const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8080 }).on('connection', (ws) => {
  ws.on('message', (data) => {
    ws.send(JSON.parse(data).text);
  });
});`;
    const client = `const ws = new WebSocket('ws://localhost:8080');
ws.onopen = () => ws.send('no JSON');
ws.onclose = ({ code }) => {
  console.log('closed', code);
  new WebSocket('ws://localhost:9000').onclose = ({ code }) => console.log('refused', code);
};`;
    await inPlayground({ client, server: crashing }, async (playground) => {
      await playground.runFor(/SyntaxError: .*\(server\.ts, line 4/);
      await playground.hear('The server has ended');
      await playground.hear('closed 1006');
      await playground.hear('Nobody listens on port 9000');
      await playground.hear('refused 1006');
    });
  });

  test('with an endless loop in its server is reported, ends with Stop, and leaves the page working', async () => {
    await inPlayground({ client: '', server: 'for (;;) {}' }, async (playground) => {
      await playground.runFor('has been busy for 2 s');
      await playground.press('Stop');
      await playground.hear('Stopped.');
      await playground.runFor('has been busy for 2 s');
    });
  });

  test('reaches no network at all, whatever its server and its client try', async () => {
    await using elsewhere = await startElsewhere();
    const tries = triesToGetOut(elsewhere.port);
    await inPlayground({ client: tries, server: tries }, async (playground) => {
      await playground.runForSure(/^server\s*all tried/);
      const told = (await playground.hear(/^A\s*all tried/)).join('\n');
      expect(told).not.toContain('LET THROUGH');
      for (const who of ['server', 'A'])
        for (const what of waysTried) expect(told).toMatch(new RegExp(`^${who}\\s*refused ${what}$`, 'm'));
      expect(elsewhere.heard).toEqual([]);
    });
  });
});
