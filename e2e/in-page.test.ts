/** Runs a server and its clients in the page, as a reader does who writes both ends. */
import { expect, test } from 'vitest';
import { flightsOf } from '../protocol/trace/flight-index.ts';
import { payloadOf } from '../protocol/trace/payload.ts';
import { toHex, type Trace } from '../protocol/trace/trace.ts';
import type { Direction } from '../protocol/wire/direction.ts';
import { Opcode } from '../protocol/wire/opcode.ts';
import { hashFor } from '../site/playground/share-address.ts';
import { axeViolations } from './setup/axe.ts';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { page, pageForEachTest } from './setup/pages.ts';
import { pairs, type ProgramPair } from './setup/programs/in-page-programs.ts';
import { runToRest } from './setup/run.ts';
import { traceDigest } from './setup/trace-digest.ts';

pageForEachTest();

const open = async ({ client, server }: Pick<ProgramPair, 'client' | 'server'>): Promise<void> => {
  await openPage(page, `${origin()}/playground/${hashFor(client, server)}`);
};
const choosePace = async (name: string): Promise<void> => {
  await playgroundOf(page).region.getByRole('combobox', { name: 'Pace' }).selectOption(name);
};
const log = async (): Promise<string> => await playgroundOf(page).console.innerText();
/** Returns what a direction's frames are but for their mask keys, and how long the link takes for each, ms. */
const unmasked = (trace: Trace, direction: Direction): string[] =>
  flightsOf(trace)
    .filter((flight) => flight.kind === 'frame' && flight.direction === direction)
    .map((flight) => {
      const { fin, rsv, opcode, masked, length } = flight.captured ?? {};
      return JSON.stringify({ fin, rsv, opcode, masked, length, payload: toHex(payloadOf(flight)), takes: flight.takes });
    });

/** Waits for these lines of the console: what programs print has ways of its own, and may come after the last event. */
const hear = async (...lines: readonly (string | RegExp)[]): Promise<void> => {
  for (const line of lines) await expect.poll(log).toMatch(line);
};

const framesOf = (trace: Trace, opcode: number) => flightsOf(trace).filter(({ captured }) => captured?.opcode === opcode);
const texts = (trace: Trace): string[] =>
  framesOf(trace, Opcode.text).map(({ direction, connection }) => `${direction} ${connection}`);

test('a server in server.ts and a client talk in the page, and every frame between them is on the timeline', async () => {
  await open(pairs.echo);
  const parts = playgroundOf(page);
  await expect.poll(() => parts.region.getByRole('radio', { name: 'In this page' }).isChecked()).toBe(true);
  const trace = await runToRest(page);
  expect(trace.network).toBe('in-page');
  expect(texts(trace)).toEqual(['client-to-server A1', 'server-to-client A1']);
  await hear(...pairs.echo.says);
  // The engines' tests expect the same of Firefox and WebKit.
  expect(traceDigest(trace)).toBe(pairs.echo.trace);
  await expect.poll(() => parts.region.locator('.pg-network').innerText()).toBe('Your run, network in this page');
});

test('the same programs, link and seed give the same trace to the byte, and another seed other mask keys', async () => {
  await open(pairs.echo);
  const first = await runToRest(page);
  expect(await runToRest(page)).toEqual(first);
  await playgroundOf(page).region.getByRole('spinbutton', { name: 'Seed' }).fill('2');
  await page.keyboard.press('Enter');
  const other = await runToRest(page);
  expect(other).not.toEqual(first);
  expect(texts(other)).toEqual(texts(first));
});

test('a run as fast as it can ends after its own ten minutes, long before those are over, and says where it ended', async () => {
  await open(pairs.heartbeat);
  await choosePace('As fast as it can');
  await playgroundOf(page).region.getByRole('spinbutton', { name: 'Run time, s' }).fill('600');
  const trace = await runToRest(page);
  expect(framesOf(trace, Opcode.ping).map(({ sentAt }) => Math.round(sentAt))).toEqual(
    Array.from({ length: 20 }, (_, i) => 30_000 * (i + 1)),
  );
  await hear('still open true', 'The run was ended after 600.0 s of its own time');
});

test('a server’s error is told with its line, ends the server as in Node, and its client sees 1006', async () => {
  await open({
    server: `const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });
wss.on('connection', (ws) => {
  ws.on('message', (data) => {
    const message = JSON.parse(data);
    ws.send(message.text);
  });
});`,
    client: `const ws = new WebSocket('ws://localhost:8080');
ws.onopen = () => ws.send('no JSON');
ws.onclose = ({ code, wasClean }) => console.log('closed', code, wasClean);`,
  });
  await runToRest(page);
  await hear(
    /SyntaxError: .+ \(server\.ts, line 5/,
    'The server has ended, as Node does after an error that nobody catches',
    'closed 1006 false',
  );
});

test('a client that asks for a port on which nobody listens is refused, and the console names the ports that there are', async () => {
  await open({
    server: pairs.echo.server,
    client: "new WebSocket('ws://localhost:9000').onclose = ({ code }) => console.log(code);",
  });
  await runToRest(page);
  await hear('Nobody listens on port 9000, so the connection was refused: the server listens on port 8080.', '1006');
});

test('a client’s location names the server of the run', async () => {
  await open({
    server: pairs.echo.server,
    client:
      'console.log(location.host, self.origin);\nnew WebSocket(`ws://${location.host}/`).onopen = () => console.log("open");',
  });
  await runToRest(page);
  await hear('localhost:8080 http://localhost:8080', 'open');
});

test('what is changed of the link while a run is on counts for the rest of it', async () => {
  await open({
    server: `const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8080 }).on('connection', (ws) => ws.on('message', (data) => ws.send(String(data))));`,
    client: `const ws = new WebSocket('ws://localhost:8080');
let sent;
const ask = () => { sent = performance.now(); ws.send('?'); };
ws.onopen = ask;
ws.onmessage = () => { console.log('took', Math.round(performance.now() - sent)); setTimeout(ask, 50); };`,
  });
  const { run, console: lines, latency, stop } = playgroundOf(page);
  await run.click();
  await lines.getByText('took 200').first().waitFor();
  await latency.fill('20');
  await lines.getByText('took 40').first().waitFor();
  await stop.click();
});

test('a lesson’s example runs in the page on the sandbox’s own endpoints, and says that it did', async () => {
  await openPage(page, `${origin()}/1-4-full-duplex/`);
  const { region } = playgroundOf(page);
  await region.getByRole('radio', { name: 'In this page' }).check();
  await choosePace('As fast as it can');
  const trace = await runToRest(page);
  expect(trace.network).toBe('in-page');
  expect(texts(trace).length).toBeGreaterThan(10);
  await expect.poll(() => region.locator('.pg-network').innerText()).toBe('Your run, network in this page');
});

test('fetch, an EventSource and an XMLHttpRequest reach the reader’s own server, and are in the trace', async () => {
  await open({
    server: `const http = require('http');
http.createServer((req, res) => {
  if (req.url === '/events') {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    res.end('event: news\\ndata: one\\n\\n');
  } else res.end('you asked ' + req.url);
}).listen(8080);`,
    client: `console.log(await (await fetch('/by-fetch')).text());
const request = new XMLHttpRequest();
request.open('GET', '/by-xhr');
request.onload = () => console.log(request.responseText);
request.send();
const source = new EventSource('/events');
source.addEventListener('news', ({ data }) => { console.log('news', data); source.close(); });`,
  });
  await choosePace('As fast as it can');
  const trace = await runToRest(page);
  await hear('you asked /by-fetch', 'you asked /by-xhr', 'news one');
  expect(trace.connections.map(({ url }) => url)).toEqual(['/by-fetch', '/by-xhr', '/events']);
});

test('the same program under the same link sends the same frames on both networks, but for their mask keys', async () => {
  await openPage(page, `${origin()}/1-4-full-duplex/`);
  const live = await runToRest(page);
  await playgroundOf(page).region.getByRole('radio', { name: 'In this page' }).check();
  await choosePace('As fast as it can');
  const inPage = await runToRest(page);
  expect([live.network, inPage.network]).toEqual(['live', 'in-page']);
  for (const direction of ['client-to-server', 'server-to-client'] as const) {
    const frames = unmasked(inPage, direction);
    expect(frames.length).toBeGreaterThan(3);
    expect(frames).toEqual(unmasked(live, direction));
  }
});

test('a playground with a server’s program, an error in it and the controls of the network has no axe violation', async () => {
  await open({ server: 'null.x;', client: '' });
  const { region, run } = playgroundOf(page);
  await run.click();
  await hear(/TypeError: .+ \(server\.ts, line 1/);
  await region.getByRole('tab', { name: 'server.ts' }).click();
  expect(await axeViolations(page)).toEqual([]);
});

test('a server that is started again loses its connections: its client sees 1006, comes back, and talks to the changed program', async () => {
  await open({
    server: `const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8080 }).on('connection', (ws) => ws.send('first edition'));`,
    client: `function connect() {
  const ws = new WebSocket('ws://localhost:8080');
  ws.onmessage = ({ data }) => console.log(data);
  ws.onclose = ({ code }) => { console.log('closed', code); setTimeout(connect, 200); };
}
connect();`,
  });
  const { region, run } = playgroundOf(page);
  await run.click();
  await hear('first edition');
  await region.getByRole('tab', { name: 'server.ts' }).click();
  await region.getByRole('textbox').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(`require('ws');
new (require('ws').WebSocketServer)({ port: 8080 }).on('connection', (ws) => ws.send('second edition'));`);
  await region.getByRole('button', { name: 'Restart server' }).click();
  await hear('The server was started again', 'closed 1006', 'second edition');
});

test('a server is started again though its client, as it is in the editor now, does not parse', async () => {
  await open({
    server: `const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8080 }).on('connection', (ws) => ws.send('here'));`,
    client: `new WebSocket('ws://localhost:8080').onclose = ({ code }) => console.log('closed', code);`,
  });
  const { region, run } = playgroundOf(page);
  await run.click();
  await region.getByRole('button', { name: 'Restart server' }).waitFor();
  await region.getByRole('textbox').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText('let y = ;');
  await region.getByRole('button', { name: 'Restart server' }).click();
  await hear('The server was started again', 'closed 1006');
});
