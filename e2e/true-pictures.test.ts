/** Checks that pictures and verdicts of runs against the real server say what happened, no more and no less. */
import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright';
import { describe, expect, test } from 'vitest';
import { flightsOf } from '../protocol/trace/flight-index.ts';
import { readTrace, type Trace } from '../protocol/trace/trace.ts';
import { readConversation } from '../site/timeline/conversation/conversation.ts';
import { layoutTimeline } from '../site/timeline/layout/layout.ts';
import { along } from '../site/timeline/layout/marks.ts';
import { whole } from '../site/timeline/layout/viewport.ts';
import { hashFor } from '../site/playground/share-address.ts';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { page, pageForEachTest } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

pageForEachTest();

async function savedTrace(within: Locator): Promise<Trace> {
  await within.locator('summary', { hasText: 'Trace' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    within.getByRole('button', { name: 'Save trace' }).click(),
  ]);
  return readTrace(readFileSync(await download.path(), 'utf8'));
}

describe('the exercise of lesson 3.3', () => {
  const exercise = (): Locator => page.locator('[data-example="3-3-frames/refused"]');

  test('has two pairs of lanes in every run, and no row without a connection', async () => {
    await openPage(page, `${origin()}/3-3-frames/`);
    const parts = playgroundOf(page, exercise());
    const rows = parts.timeline.getByRole('list', { name: /^Share of time/ }).getByRole('listitem');
    for (let run = 0; run < 5; run++) {
      await runToRest(page, parts);
      await expect
        .poll(async () => (await rows.allInnerTexts()).map((text) => text.split(/\s/, 1)[0]))
        .toEqual(['/raw', '/echo']);
    }
  });

  test('does not call a frame with RSV1 set compressed, since no extension was agreed to', async () => {
    await openPage(page, `${origin()}/3-3-frames/`);
    const parts = playgroundOf(page, exercise());
    await parts.region.getByRole('button', { name: 'Solution' }).click();
    await parts.region.getByRole('tab', { name: 'solution.ts', selected: true }).waitFor();
    await runToRest(page, parts);
    await parts.timeline.getByRole('button', { name: 'Show as table' }).click();
    const table = parts.timeline.getByRole('region', { name: 'Table of frames' });
    await table.getByRole('row', { name: /rawA1.*text.*Hello/ }).waitFor();
    expect(await table.innerText()).not.toContain('compressed');
  });
});

describe('flipped bits of a frame’s length, in the inspector and in the server’s answer', () => {
  async function flippedIn1_4(...bits: string[]): Promise<Locator> {
    await openPage(page, `${origin()}/1-4-full-duplex/`);
    const { timeline, frame } = playgroundOf(page);
    await timeline.getByRole('button', { name: 'Show as table' }).click();
    await timeline.getByRole('row', { name: /client A → server.*text.*client 1/ }).first().getByRole('button').click(); // prettier-ignore
    for (const bit of bits) await frame.getByRole('button', { name: bit }).click();
    return frame;
  }

  async function answerTo(frame: Locator): Promise<string> {
    await frame.getByRole('button', { name: 'Send these bytes to the server' }).click();
    await frame.getByText(/^The server's own answer/).waitFor();
    return (await frame.getByRole('status', { name: "The server's answer" }).innerText()).replace(/\s+/g, ' ');
  }

  /** Turns the length of "client 1", 8 bytes, into 127, so that key and payload are read as a 64-bit length. */
  const to64 = [0, 1, 2, 4, 5, 6].map((bit) => `payload len, bit ${bit} of 7: 0`);

  test('a 64-bit length whose first bit is 1 breaks a rule before the frame is whole', async () => {
    const frame = await flippedIn1_4(...to64);
    const first = frame.getByRole('button', { name: /^extended payload length, byte 0, bit 0:/ });
    if ((await first.getAttribute('aria-label'))?.endsWith('0')) await first.click();
    await frame.getByText('The most significant bit of a 64-bit length MUST be 0.').waitFor();
    expect(await frame.getByText('Breaks no rule').count()).toBe(0);
    expect(await answerTo(frame)).toContain('That is the code that the rule above gives.');
  });

  test('a length that no rule bounds is not called wrong, and the server’s own bound is named as such', async () => {
    const frame = await flippedIn1_4(...to64);
    const first = frame.getByRole('button', { name: /^extended payload length, byte 0, bit 0:/ });
    if ((await first.getAttribute('aria-label'))?.endsWith('1')) await first.click();
    await frame.getByText(/unless it does not accept a message that long: then it closes with 1009/).waitFor();
    expect(await answerTo(frame)).toContain('No rule bounds the length of a message. This server does, and says so with 1009.');
  });

  test('a shorter length breaks a rule if the rest reads as a frame with a reserved bit set', async () => {
    const frame = await flippedIn1_4();
    const rsv1 = frame.getByRole('button', { name: /^payload data, byte 0, bit 1:/ });
    if ((await rsv1.getAttribute('aria-label'))?.endsWith('0')) await rsv1.click();
    // The length goes from 8 bytes to none, so the masked payload begins the next frame.
    await frame.getByRole('button', { name: 'payload len, bit 3 of 7: 1' }).click();
    await frame.getByText('RSV1 is 1, and no extension that uses it was agreed to.').waitFor();
    expect(await answerTo(frame)).toContain('That is the code that the rule above gives.');
  });
});

describe('a run that is stopped', () => {
  test('says when, and shows each frame in flight as far on its way as its age', async () => {
    // The program goes on until it is stopped, however busy the machine is.
    const code =
      "const ws = new WebSocket('/echo?latency=2000');\nws.onopen = () => setInterval(() => ws.send('on its way'), 150);";
    await openPage(page, `${origin()}/playground/${hashFor(code)}`);
    const parts = playgroundOf(page);
    await parts.run.click();
    const frames = async (): Promise<number> => Number.parseInt((await parts.region.locator('.pg-count').innerText()) || '0', 10);
    await expect.poll(frames).toBeGreaterThan(8);
    await parts.stop.click();
    const trace = await savedTrace(parts.region);
    const conversation = readConversation(trace, flightsOf(trace));
    const layout = layoutTimeline(conversation, { ...whole(conversation.end), width: 960, height: 480, orientation: 'across' });
    const { stoppedAt = NaN } = trace;
    for (const { time } of trace.events) expect(time).toBeLessThanOrEqual(stoppedAt);
    const under = layout.frames.filter(({ state, flight }) => state === 'unfinished' && flight.departedAt !== undefined);
    expect(under.length).toBeGreaterThan(1);
    for (const { flight, lane, farLane, end } of under) {
      expect(end?.x).toBeCloseTo(along(layout, stoppedAt), 3);
      const part = Math.min((stoppedAt - (flight.departedAt ?? NaN)) / (flight.takes ?? NaN), 0.96);
      expect(((end?.y ?? NaN) - lane) / (farLane - lane)).toBeCloseTo(part, 3);
    }
    // Frames of different ages have different lengths.
    expect(new Set(under.map(({ end }) => Math.round(end?.y ?? 0))).size).toBeGreaterThan(1);
  });
});

describe('on a simplex link', () => {
  test('the link says that it refuses a request that dies on the way, and no server answers it', async () => {
    await openPage(page, `${origin()}/1-2-simplex/`);
    const parts = playgroundOf(page);
    await parts.region.getByRole('radio', { name: 'Simplex' }).check();
    await runToRest(page, parts);
    await parts.console
      .getByText(/The link refused GET \/events\/.* \(403\): This link is simplex/)
      .first()
      .waitFor();
    await parts.timeline.getByRole('button', { name: 'Show as text' }).click();
    const told = parts.timeline.getByRole('region', { name: 'The run as text' });
    await told
      .getByText(/the link itself answers GET .* with 403/)
      .first()
      .waitFor();
    expect(await told.innerText()).not.toMatch(/the server (has|sends)/);
  });
});
