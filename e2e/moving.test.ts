/** Pastes what is no client into client.ts, as readers do, and takes programs home. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { flightsOf } from '../protocol/trace/flight-index.ts';
import { Opcode } from '../protocol/wire/opcode.ts';
import { recognisedWords } from '../in-page/load/recognised-words.ts';
import { hashFor } from '../site/playground/share-address.ts';
import { axeViolations } from './setup/axe.ts';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { freePort } from './engines/setup/free-port.ts';
import { page, pageForEachTest } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

pageForEachTest();

const echoServer = (port: number): string => `const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ host: '127.0.0.1', port: ${port} });
wss.on('connection', (ws) => {
  ws.on('message', (data) => ws.send('you said ' + data));
});`;

const openEmpty = async (hash = ''): Promise<void> => await openPage(page, `${origin()}/playground/${hash}`);
const log = async (): Promise<string> => await playgroundOf(page).console.innerText();
const says = async (words: string): Promise<void> => await expect.poll(log).toContain(words);
const button = (name: string) => playgroundOf(page).region.getByRole('button', { name });
const editor = () => playgroundOf(page).region.getByRole('textbox', { name: /, editor$/ });
const mayUseClipboard = async (): Promise<void> =>
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: origin() });

/** Selects what is in the editor and puts a text in its place, without the clipboard. */
async function replaceWith(text: string): Promise<void> {
  await editor().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

test('a server in client.ts does not run, is moved to server.ts by the keyboard alone, and then both ends talk', async () => {
  await openEmpty();
  await replaceWith(echoServer(9000));
  const { region, run, state } = playgroundOf(page);
  await run.click();
  await says(`${recognisedWords.server.is} ${recognisedWords.server.instead}`);
  expect(await log()).not.toContain('Error');
  expect(await state.innerText()).toBe('');
  // Screen readers announce it.
  await region.getByRole('status').filter({ hasText: 'client.ts holds a server.' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await button('Move it to server.ts').focus();
  await page.keyboard.press('Enter');
  const tab = region.getByRole('tab', { name: 'server.ts' });
  await expect.poll(() => tab.getAttribute('aria-selected')).toBe('true');
  expect(await tab.evaluate((element) => element === document.activeElement)).toBe(true);
  await expect.poll(() => button('Move it to server.ts').count()).toBe(0);
  await expect.poll(() => region.locator('.ce').first().innerText()).toContain('WebSocketServer');
  const trace = await runToRest(page);
  expect(trace.network).toBe('in-page');
  const texts = flightsOf(trace).filter(({ captured }) => captured?.opcode === Opcode.text);
  expect(texts.map(({ direction }) => direction)).toEqual(['client-to-server', 'server-to-client']);
  expect(trace.connections.map(({ url }) => url)).toEqual(['ws://localhost:9000']);
  await says('heard you said Hello');
});

test('a server pasted from the clipboard is recognised before it is run, and no longer once it is something else', async () => {
  await mayUseClipboard();
  await openEmpty();
  await page.evaluate((text) => navigator.clipboard.writeText(text), echoServer(9000));
  await editor().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
  await says(recognisedWords.server.is);
  await button('Move it to server.ts').waitFor();
  await replaceWith("console.log('a client');");
  await expect.poll(() => button('Move it to server.ts').count()).toBe(0);
  await playgroundOf(page).run.click();
  await says('a client');
});

test('Undo in server.ts and client.ts brings back what a move replaced', async () => {
  await openEmpty(hashFor(echoServer(9000), echoServer(7000)));
  const { region, run } = playgroundOf(page);
  await run.click();
  await button('Move it to server.ts').click();
  await says('Undo in server.ts brings back what was there.');
  const code = async (): Promise<string> => (await region.locator('.ce').first().innerText()).replaceAll('\u00a0', ' ');
  await expect.poll(code).toContain('port: 9000');
  await editor().click();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(code).toContain('port: 7000');
  await region.getByRole('tab', { name: 'client.ts' }).click();
  await expect.poll(code).toContain('ws://localhost:9000');
  await editor().click();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(code).toContain('port: 9000');
});

test('a server that answers HTTP alone is moved too, and the client that it gets is answered', async () => {
  await openEmpty(hashFor("require('http').createServer((req, res) => res.end('hello from ' + req.url)).listen(3000);"));
  await playgroundOf(page).run.click();
  await button('Move it to server.ts').click();
  await runToRest(page);
  await says('200 hello from /');
});

test('an HTML page and a program in Python are told for what they are, and do not run', async () => {
  await openEmpty();
  const { region, run, state } = playgroundOf(page);
  const programs = {
    html: "<!doctype html>\n<script>\nnew WebSocket('ws://localhost:8080');\n</script>",
    python: 'import asyncio\nimport websockets\n\nasync def echo(websocket):\n    pass\n',
  } as const;
  for (const kind of ['html', 'python'] as const) {
    await replaceWith(programs[kind]);
    await run.click();
    await says(`${recognisedWords[kind].is} ${recognisedWords[kind].instead}`);
    await expect.poll(() => state.innerText()).toBe('');
    expect(await log()).not.toContain('SyntaxError');
    // The example's own picture is still there.
    expect(await region.locator('.pg-network').innerText()).toMatch(/^Recorded run/);
  }
});

test('a program with Socket.IO is told for what it is, and its own error follows', async () => {
  await openEmpty(hashFor("const socket = io();\nsocket.on('a', console.log);\nsocket.emit('a', 1);"));
  await playgroundOf(page).run.click();
  await says(recognisedWords['socket.io'].is);
  await says('ReferenceError');
});

test('where a lesson has no server.ts, a link opens the server and a client for it in the empty playground', async () => {
  await openPage(page, `${origin()}/1-4-full-duplex/`);
  await replaceWith(echoServer(9000));
  const lesson = playgroundOf(page);
  await lesson.run.click();
  await says('The empty playground has a file for it, server.ts.');
  await lesson.region.getByRole('link', { name: 'Open it as server.ts in the empty playground' }).click();
  await page.waitForURL(/\/playground\/#code=/);
  await page.waitForFunction(() => document.querySelector('astro-island[ssr]') === null);
  await runToRest(page);
  await says('heard you said Hello');
});

test('programs copied for one’s own machine, put into a folder and started with the real ws, talk', async () => {
  await mayUseClipboard();
  const port = await freePort();
  const client = `const socket = new WebSocket('/room');
socket.onopen = () => socket.send('hello' as string);
socket.onmessage = ({ data }: MessageEvent<string>) => console.log(data);`;
  await openEmpty(hashFor(client, echoServer(port)));
  await copyPrograms();
  await says('On the clipboard, as one text: README.md, package.json, server.js, client.mjs, start.mjs.');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(await outputOf(copied, 'you said hello')).toContain('you said hello\n');
});

test('where there is no clipboard, the programs are shown to be copied by hand, and can be put away', async () => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await openEmpty();
  await copyPrograms();
  const box = playgroundOf(page).region.getByRole('textbox', { name: 'Programs for your machine' });
  await box.waitFor();
  const text = await box.inputValue();
  expect(text).toContain('----- client.mjs -----');
  // The sandbox that the page came from is the server of its client.
  expect(text).toContain(`new WebSocket('${origin().replace('http', 'ws')}/echo')`);
  const selected = await box.evaluate((element: HTMLTextAreaElement) => element.selectionEnd - element.selectionStart);
  expect(selected).toBe(text.length);
  expect(await axeViolations(page)).toEqual([]);
  await button('Close').click();
  await expect.poll(() => box.count()).toBe(0);
});

async function copyPrograms(): Promise<void> {
  const { region } = playgroundOf(page);
  await region.locator('summary', { hasText: 'Trace' }).click();
  await button('Copy as programs for your machine').click();
}

/** Writes the copied files into a folder, starts them as `npm start` does, and returns their output once these words are in it. */
async function outputOf(copied: string, words: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'copied-programs-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  const [, ...parts] = copied.split(/^----- (.+) -----$/m);
  for (let i = 0; i < parts.length; i += 2) await writeFile(join(folder, parts[i] as string), parts[i + 1] as string);
  // A group of its own, so that the programs end with what started them.
  const started = spawn(process.execPath, ['start.mjs'], { cwd: folder, detached: true });
  onTestFinished(() => void process.kill(-(started.pid as number)));
  let output = '';
  for (const stream of [started.stdout, started.stderr]) stream.on('data', (data: Buffer) => (output += String(data)));
  await expect.poll(() => output).toContain(words);
  return output;
}
