import { describe, expect, test } from 'vitest';
import { measureDuplex } from '../protocol/measures/duplex.ts';
import { type Flight, isData } from '../protocol/trace/flight.ts';
import { flightsOf } from '../protocol/trace/flight-index.ts';
import type { Trace } from '../protocol/trace/trace.ts';
import type { Direction } from '../protocol/wire/direction.ts';
import { startRecordingProxy } from '../sandbox-server/testing/recording-proxy.ts';
import { chooseSentText, openPage, origin, playgroundOf } from './setup/browser.ts';
import { page, pageForEachTest } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

pageForEachTest();

/** Returns all bytes of one direction in the trace, in order, as hexadecimal text. */
function bytesOf(trace: Trace, direction: Direction): string {
  return trace.events.flatMap((event) => ('bytes' in event && event.direction === direction ? [event.bytes] : [])).join('');
}

/** Returns the link's own times for frames, ms. Measured times also include what the machine adds. */
function linkTimes({ events }: Trace): Set<number | undefined> {
  return new Set(events.flatMap((event) => (event.name === 'frame_departed' ? [event.takes] : [])));
}

/** Returns the flights that arrived in less than `ms`, sooner than the link can carry them. */
const early = (flights: readonly Flight[], ms: number): Flight[] =>
  flights.filter(({ sentAt, receivedAt = Infinity }) => receivedAt - sentAt < ms);

describe('lesson 1.4, unedited, at 500 ms', () => {
  test('has frames in flight both ways at once, each for the set latency', async () => {
    await openPage(page, `${origin()}/1-4-full-duplex/`);
    const trace = await runToRest(page);
    const flights = flightsOf(trace);
    const { mostInFlight, both } = measureDuplex(flights);
    expect(both).toBeGreaterThan(0);
    expect(Math.min(mostInFlight['client-to-server'], mostInFlight['server-to-client'])).toBeGreaterThanOrEqual(1);
    const data = flights.filter(isData);
    expect(data).toHaveLength(20);
    expect(linkTimes(trace)).toEqual(new Set([500]));
    expect(early(data, 500)).toEqual([]);
  });

  test("traces the bytes that an independent recorder saw, from handshake to close, except the session's name", async () => {
    const { hostname, port } = new URL(origin());
    await using proxy = await startRecordingProxy(Number(port), hostname);
    await openPage(page, `${proxy.origin}/1-4-full-duplex/`);
    const trace = await runToRest(page);
    const recorded = proxy.connections.find(({ sent }) => /^GET \/s\/[^ ]+\/ticker/.test(sent.toString('latin1')));
    const [, session = ''] = /^GET \/s\/([\w-]{22})\./.exec(recorded?.sent.toString('latin1') ?? '') ?? [];
    const sent = recorded?.sent.toString('latin1').replace(session, '*'.repeat(22)) ?? '';
    expect(bytesOf(trace, 'client-to-server')).toBe(Buffer.from(sent, 'latin1').toString('hex'));
    expect(bytesOf(trace, 'server-to-client')).toBe(recorded?.received.toString('hex'));
  });

  test('runs while every request for Monaco or a TypeScript compiler fails', async () => {
    const refused: string[] = [];
    await page.route(/monaco|editor\.api|typescript|ts\.worker|sucrase|strip-types/i, async (route) => {
      refused.push(route.request().url());
      await route.abort();
    });
    await openPage(page, `${origin()}/1-4-full-duplex/`);
    expect(flightsOf(await runToRest(page)).filter(isData)).toHaveLength(20);
    expect(refused).toEqual([]);
  });

  test('shows the bytes of a frame chosen in the timeline’s table in the inspector', async () => {
    await openPage(page, `${origin()}/1-4-full-duplex/`);
    const parts = playgroundOf(page);
    await runToRest(page);
    await chooseSentText(parts);
    await expect.poll(() => parts.frame.innerText()).toContain('client 1');
  });
});

test('a Run pressed before the script has loaded starts once it has', async () => {
  await page.route(/PlaygroundIsland.*\.js/, async (route) => {
    await pressed;
    await route.continue();
  });
  let release: () => void = () => undefined;
  const pressed = new Promise<void>((resolve) => (release = resolve));
  await page.goto(`${origin()}/playground/`, { waitUntil: 'commit' });
  const { run, console: log } = playgroundOf(page);
  await run.click();
  release();
  await log.getByText('heard Hello').waitFor();
});

test('"Add a client" runs the same code again on its own lane', async () => {
  await openPage(page, `${origin()}/1-4-full-duplex/`);
  await playgroundOf(page).region.getByRole('button', { name: 'Add a client' }).click();
  const trace = await runToRest(page);
  // Either client's Worker may be ready first.
  expect(trace.connections.map(({ id, client }) => [id, client]).sort()).toEqual([
    ['A1', 'A'],
    ['B1', 'B'],
  ]);
});

test('a client added during a run joins it', async () => {
  await openPage(page, `${origin()}/1-4-full-duplex/`);
  const { region, console: log } = playgroundOf(page);
  const finished = runToRest(page);
  await log.getByText('heard tick 1').waitFor();
  await region.getByRole('button', { name: 'Add a client' }).click();
  expect((await finished).connections.map(({ client }) => client)).toEqual(['A', 'B']);
});

test('the latency slider sets how long frames take', async () => {
  await openPage(page, `${origin()}/playground/`);
  const { latency } = playgroundOf(page);
  await latency.fill('500');
  const trace = await runToRest(page);
  const data = flightsOf(trace).filter(isData);
  expect(data.length).toBeGreaterThan(0);
  expect(linkTimes(trace)).toEqual(new Set([500]));
  expect(early(data, 500)).toEqual([]);
});

test('Stop ends a run and keeps what was captured; Reset puts back the code, the console and the recorded picture', async () => {
  await openPage(page, `${origin()}/1-4-full-duplex/`);
  const { state, run, stop, reset, console: log } = playgroundOf(page);
  await run.click();
  await log.getByText('heard tick 1').waitFor();
  await stop.click();
  await log.getByText('Stopped.').waitFor();
  await expect.poll(() => state.innerText()).toBe('');
  await reset.click();
  await log.getByText('What the program prints').waitFor();
});
