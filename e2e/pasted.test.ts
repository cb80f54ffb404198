/** Pastes tutorial-style programs into the empty playground, as a reader does: each runs, and its frames are drawn. */
import { beforeEach, expect, test } from 'vitest';
import { isData } from '../protocol/trace/flight.ts';
import { flightsOf } from '../protocol/trace/flight-index.ts';
import type { Trace } from '../protocol/trace/trace.ts';
import { openPage, origin, type PlaygroundParts, playgroundOf } from './setup/browser.ts';
import { page, pageForEachTest } from './setup/pages.ts';
import { programs } from './setup/programs/pasted-programs.ts';
import { runToRest } from './setup/run.ts';

let parts: PlaygroundParts;
pageForEachTest();
beforeEach(async () => {
  await openPage(page, `${origin()}/playground/`);
  parts = playgroundOf(page);
});

/** Selects what is in the editor and pastes over it. */
async function paste(program: string): Promise<void> {
  await parts.region.getByRole('textbox').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(program);
}

/** Returns how often the console says the words. */
const said = async (words: string): Promise<number> => (await parts.console.innerText()).split(words).length - 1;

/** Counts the data frames that arrived in each direction, on one connection if it is named. */
function arrived(trace: Trace, connection?: string): { up: number; down: number } {
  const all = flightsOf(trace).filter((flight) => isData(flight) && flight.receivedAt !== undefined);
  const own = all.filter((flight) => connection === undefined || flight.connection === connection);
  const up = own.filter(({ direction }) => direction === 'client-to-server').length;
  return { up, down: own.length - up };
}

/** Opens the timeline's table and returns its text. */
async function drawn(): Promise<string> {
  await parts.timeline.getByRole('button', { name: 'Show as table' }).click();
  await parts.timeline.locator('tbody tr').first().waitFor();
  return await parts.timeline.locator('tbody').innerText();
}

test('a tutorial’s chat with onopen and onmessage runs whatever address it names, and the console says so once', async () => {
  await paste(programs.chat);
  const trace = await runToRest(page);
  await parts.console.getByText('Message from server: Hello Server!').waitFor();
  await parts.console.getByText('Connection closed cleanly, code=1000').waitFor();
  expect(await said('ws://example.com/socket')).toBe(1);
  expect(arrived(trace)).toEqual({ up: 3, down: 3 });
  expect(await drawn()).toContain('Hello Server!');
});

test('a ticker with addEventListener and setInterval runs on an address that is long gone', async () => {
  await paste(programs.ticker);
  const trace = await runToRest(page);
  await parts.console.getByText('ACME 105').waitFor();
  expect(await said('wss://echo.websocket.org')).toBe(1);
  // More frames may have left while the fifth was on its way back.
  const { up, down } = arrived(trace);
  expect(down).toBeGreaterThanOrEqual(5);
  expect(up).toBeGreaterThanOrEqual(down);
  expect(await drawn()).toContain('"symbol":"ACME"');
});

test('two clients share their cursors by JSON messages, and each hears the other', async () => {
  await paste(programs.cursors);
  await parts.region.getByRole('button', { name: 'Add a client' }).click();
  const trace = await runToRest(page);
  // Either client's Worker may be ready first.
  expect(trace.connections.map(({ client }) => client).sort()).toEqual(['A', 'B']);
  for (const { id } of trace.connections) {
    const { up, down } = arrived(trace, id);
    expect(up).toBe(12);
    expect(down).toBeGreaterThan(12);
  }
  expect(await drawn()).toContain('"type":"cursor"');
});

test('a client with backoff reconnects both times that the server closes it', async () => {
  await paste(programs.reconnecting);
  const trace = await runToRest(page);
  await parts.console.getByText('Socket closed (1012). Reconnecting in 200 ms').waitFor();
  await parts.console.getByText('Socket closed (1012). Reconnecting in 400 ms').waitFor();
  await parts.console.getByText('Back for good').waitFor();
  expect(trace.connections).toHaveLength(3);
  await drawn();
});

test('every beat of a heartbeat by messages is answered', async () => {
  await paste(programs.heartbeat);
  const trace = await runToRest(page);
  // One more beat may have left while the fourth was on its way back; its answer then comes before the Close, or not at all.
  const { up, down } = arrived(trace);
  expect(down).toBeGreaterThanOrEqual(4);
  expect(up).toBeGreaterThanOrEqual(down);
  await expect.poll(() => said('pong after')).toBeGreaterThanOrEqual(4);
  expect(await drawn()).toContain('"type":"ping"');
});

test('a program that writes to the document is told that there is none, and what to do instead', async () => {
  await paste("document.querySelector('#log').textContent = 'hello';");
  await parts.run.click();
  await parts.console.getByText('Programs here run in a worker, without a page of their own: there is no document.').waitFor();
});
