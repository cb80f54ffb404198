/** Checks that try many seeds: what they judge, what they say, and the run that they show. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { expect, test } from 'vitest';
import type { Trace } from '../protocol/trace/trace.ts';
import { root } from '../scripts/root.ts';
import { openPage, origin, type PlaygroundParts, playgroundOf } from './setup/browser.ts';
import { page, pageForEachTest } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';
import { traceOfRun } from './setup/trace-of-run.ts';

pageForEachTest();

const example = '3-10-reconnecting/come-back';
const read = (file: string): string => readFileSync(join(root, 'content', example, file), 'utf8');

/** Opens the exercise with this program, on the network in the page. With `check`, that is what its check.ts exports. */
async function open(program: string, check?: string): Promise<PlaygroundParts & { verdict: Locator }> {
  if (check !== undefined) {
    await page.route('**/check.*.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill((await response.text()).includes('forty numbers') ? { response, body: check } : { response });
    });
  }
  await openPage(page, `${origin()}/3-10-reconnecting/`);
  const parts = playgroundOf(page, page.locator(`[data-example="${example}"]`));
  await parts.region.getByRole('textbox', { name: 'client.ts, editor' }).fill(program);
  if (check !== undefined) {
    await parts.region.getByRole('radio', { name: 'In this page' }).check();
    await parts.region.getByRole('combobox', { name: 'Pace' }).selectOption('As fast as it can');
  }
  return { ...parts, verdict: parts.region.locator('.pg-verdict') };
}

/** Presses Check, and returns what it says in the end. */
async function checked({ region, verdict }: Awaited<ReturnType<typeof open>>): Promise<string> {
  await region.getByRole('button', { name: 'Check' }).click();
  await verdict.filter({ hasNotText: /^(?:$|Trying|It will be checked)/ }).waitFor({ timeout: 120_000 });
  return await verdict.innerText();
}

/** A check of which the reader's own run passes, and which judges a seed's run by this expression of its `trace`. */
const checkOf = (expression: string, count = 20): string => `
const judge = (trace) => ({ passed: ${expression}, message: JSON.stringify(trace) });
export default () => ({ passed: true, message: 'It ran.' });
export const seeds = { count: ${count}, clients: 2, link: { jitter: 40, loss: 20 }, check: judge };
`;

/** Sends a number of chance, and takes another turn according to it. */
const byChance = `
const ws = new WebSocket('/echo');
ws.onopen = () => ws.send(String(Math.random()));
ws.onmessage = ({ data }) => {
  if (Number(data) > 0.97) ws.send(crypto.randomUUID());
  setTimeout(() => ws.close(), 1000 * Number(data));
};`;

test('the run that is shown is the very run that was judged, with its seed, clients and link, as it runs alone', async () => {
  const sentTwice = '!trace.events.some(({ name, message }) => name === "message_sent" && message === 1)';
  const parts = await open(byChance, checkOf(sentTwice, 100));
  const [, seed = '', said = ''] = /^Not yet\. With seed (\d+): (.*)$/s.exec(await checked(parts)) ?? [];
  const judged = JSON.parse(said) as Trace;
  expect(Number(seed)).toBeGreaterThan(1);
  const shown = await traceOfRun(parts.region, parts.region.getByRole('button', { name: `Show the run of seed ${seed}` }));
  expect(shown).toEqual(judged);
  expect(new Set(shown.connections.map(({ client }) => client))).toEqual(new Set(['A', 'B']));
  await expect.poll(() => parts.region.getByRole('spinbutton', { name: 'Seed' }).inputValue()).toBe(seed);
  await parts.verdict.filter({ hasText: `With seed ${seed}:` }).waitFor();
  expect(await runToRest(page, parts)).toEqual(judged);
});

test('each run begins afresh: what the one before added to the global object, replaced there or listened to is gone', async () => {
  const leaving = `
globalThis.runs = (globalThis.runs ?? 0) + 1;
Array.prototype.runs = (Array.prototype.runs ?? 0) + 1;
Math.runs = (Math.runs ?? 0) + 1;
let heard = 0;
const hear = () => heard++;
addEventListener('seen', () => { globalThis.others = (globalThis.others ?? 0) + 1; });
self.onerror = self.onerror ? 'kept' : hear;
dispatchEvent(new Event('seen'));
const found = [runs, [].runs, Math.runs, others, typeof self.onerror, typeof JSON, JSON.stringify({ a: 1 }).length, typeof setTimeout];
const ws = new WebSocket('/echo');
ws.onopen = () => ws.send(found.join(' '));
ws.onmessage = ({ data }) => {
  ws.close();
  delete globalThis.JSON;
  Map.prototype.get = globalThis.setTimeout = Object.defineProperty = Reflect.ownKeys = globalThis.WebSocket = undefined;
};`;
  const found = Buffer.from('1 1 1 1 function object 7 function').toString('hex');
  const same = `trace.events.filter(({ at, name, bytes }) => at === 'server' && name === 'frame_sent' && bytes.endsWith('${found}')).length === 2`;
  expect(await checked(await open(leaving, checkOf(same)))).toBe('Passed. It ran. It passed under 20 seeds as well.');
});

test('a program that loops under one seed ends the trial after ten seconds, and says under which', async () => {
  const looping = `
const ws = new WebSocket('/echo');
ws.onopen = () => {
  if (Math.random() < 0.1) for (;;);
  ws.close();
};`;
  const parts = await open(looping, checkOf('true', 100));
  const said = await checked(parts);
  expect(said).toMatch(/^With seed \d+, the program had not come to rest after 10 s, so the other seeds were not tried\./);
});

test('a client whose wait only doubles passes by itself, and is found out beside others', async () => {
  const parts = await open(read('wrong-only-doubles.ts'));
  expect(await checked(parts)).toMatch(/^Not yet\. With seed 1: Clients A and B lost their connections together/);
  const shown = await traceOfRun(parts.region, parts.region.getByRole('button', { name: 'Show the run of seed 1' }));
  expect(shown.network).toBe('in-page');
  expect(new Set(shown.connections.map(({ client }) => client)).size).toBe(3);
  await parts.verdict.filter({ hasText: 'With seed 1: Clients A and B' }).waitFor();
});

test('a client that waits at random passes under every seed', async () => {
  expect(await checked(await open(read('solution.ts')))).toMatch(/^Passed\. .* It passed under 50 seeds as well\./);
});
