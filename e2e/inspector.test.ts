import type { Locator } from 'playwright';
import { describe, expect, test } from 'vitest';
import { axeViolations } from './setup/axe.ts';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { page, pageForEachTest } from './setup/pages.ts';
import { startServer } from './setup/server.ts';
import { setTheme } from './setup/visit.ts';

pageForEachTest();

/** Chooses the first frame of the recorded picture whose table row matches; returns the inspector that shows it. */
async function choose(row: RegExp): Promise<Locator> {
  const { timeline, region } = playgroundOf(page);
  const first = timeline.getByRole('row', { name: row }).first();
  if (!(await first.isVisible())) await timeline.getByRole('button', { name: 'Show as table' }).click();
  await first.getByRole('button').click();
  const frame = region.getByRole('region', { name: 'Frame', exact: true });
  await frame.getByText(/^Sent$/).waitFor();
  return frame;
}

async function openLesson(): Promise<void> {
  await openPage(page, `${origin()}/1-4-full-duplex/`);
}

test('the script that takes a frame apart is not fetched before a frame is chosen', async () => {
  const fetched: string[] = [];
  page.on('request', (request) => void fetched.push(request.url()));
  await openLesson();
  expect(fetched.filter((url) => url.includes('FlightDetails'))).toEqual([]);
  await choose(/client A → server.*text/);
  expect(fetched.filter((url) => url.includes('FlightDetails'))).not.toEqual([]);
});

describe('a flipped bit', () => {
  test('shows which rule it breaks, with section and close code, until it is put back', async () => {
    await openLesson();
    const frame = await choose(/client A → server.*text/);
    await frame.getByText('Breaks no rule of RFC 6455.').waitFor();
    await frame.getByRole('button', { name: 'MASK: 1' }).click();
    await frame.getByText('Changed by you: not sent on this connection.').waitFor();
    const verdict = frame.getByRole('status').first();
    expect(await verdict.innerText()).toMatch(/MASK is 0, from a client\..*§5\.1.*The server closes with 1002, protocol error\./);
    await frame.getByRole('button', { name: 'Put back' }).click();
    expect(await verdict.innerText()).toBe('Breaks no rule of RFC 6455.');
    await frame.getByRole('button', { name: 'MASK: 1', pressed: false }).waitFor();
  });

  test('in any payload byte changes the text', async () => {
    await openLesson();
    const frame = await choose(/client A → server.*text.*client 1/);
    await frame.getByRole('button', { name: /^Payload byte 7:/ }).click();
    await frame.getByRole('button', { name: /^payload data, byte 7, bit 6:/ }).click();
    await frame.locator('pre', { hasText: 'client 3' }).waitFor();
  });

  test('does not affect the next frame that is chosen', async () => {
    await openLesson();
    const frame = await choose(/client A → server.*text/);
    await frame.getByRole('button', { name: 'RSV1: 0' }).click();
    await choose(/server → client A.*text/);
    expect(await frame.getByText('Changed by you').count()).toBe(0);
  });
});

describe('by keyboard alone', () => {
  test('the bits are one tab stop, with arrow keys between them', async () => {
    await openLesson();
    const frame = await choose(/client A → server.*text/);
    await frame.focus();
    await page.keyboard.press('Tab');
    const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
    expect(await focused()).toBe('FIN: 1');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('MASK: 1');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('payload len, bit 0 of 7: 0');
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    expect(await focused()).toBe('FIN: 0');
    await frame.getByText('Changed by you: not sent on this connection.').waitFor();
  });

  test('a field lights its bytes when it has the focus or the pointer', async () => {
    await openLesson();
    const frame = await choose(/client A → server.*text/);
    const key = frame.getByRole('row', { name: /^masking key/ });
    const lit = frame.locator('.fi-dump td:nth-of-type(1) .fi-lit');
    await key.getByRole('link').focus();
    const value = (await key.getByRole('cell').first().innerText()).trim();
    await expect.poll(async () => (await lit.allInnerTexts()).join(' ')).toBe(value);
    await frame.getByRole('row', { name: /^opcode/ }).hover();
    await expect.poll(() => lit.allInnerTexts()).toEqual(['81']);
  });
});

test("the accept key is worked out for the recorded handshake and equals the response's", async () => {
  await openLesson();
  const frame = await choose(/handshake response/);
  await frame.getByText("The response's Sec-WebSocket-Accept is equal to it.").waitFor();
});

test.each([/client A → server.*text/, /handshake request/, /client A → server.*close/])(
  'a chosen %s has no axe violation in light and in dark, changed or not, and a narrow page does not scroll sideways',
  async (row) => {
    await openLesson();
    const frame = await choose(row);
    const bit = frame.getByRole('button', { name: 'RSV1: 0' });
    if (await bit.count()) await bit.click();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      for (const theme of ['light', 'dark'] as const) {
        await setTheme(page, theme);
        expect(await axeViolations(page)).toEqual([]);
      }
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(sideways).toBeLessThanOrEqual(0);
      expect(await frame.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    }
  },
);

describe('changed bytes sent to the server', () => {
  /** Sends the changed bytes; returns the server's answer. */
  async function answerTo(frame: Locator): Promise<string> {
    await frame.getByRole('button', { name: 'Send these bytes to the server' }).click();
    await frame.getByText(/^The server's own answer/).waitFor();
    return (await frame.getByRole('status', { name: "The server's answer" }).innerText()).replace(/\s+/g, ' ');
  }

  test.each(['RSV1: 0', 'MASK: 1', 'opcode, bit 1 of 4: 0'])('with %s flipped get a real Close frame with 1002', async (bit) => {
    await openLesson();
    const frame = await choose(/client A → server.*text/);
    expect(await frame.getByRole('button', { name: /^Send/ }).count()).toBe(0);
    await frame.getByRole('button', { name: bit }).click();
    const answer = await answerTo(frame);
    expect(answer).toMatch(/close 1002, protocol error: “A frame broke a rule of RFC 6455\.” 88 23 03 ea /);
    expect(answer).toContain('That is the code that the rule above gives.');
    await frame.getByRole('button', { name: 'FIN: 1' }).click();
    expect(await frame.getByText(/^The server's own answer/).count()).toBe(0);
  });

  test('with text that is no longer UTF-8 get 1007', async () => {
    await openLesson();
    const frame = await choose(/client A → server.*text/);
    await frame.getByRole('button', { name: 'payload data, byte 0, bit 0' }).click();
    const answer = await answerTo(frame);
    expect(answer).toMatch(/close 1007, .*UTF-8/);
    expect(answer).toContain('That is the code that the rule above gives.');
  });

  test('that break no rule are echoed as changed', async () => {
    await openLesson();
    const frame = await choose(/client A → server.*text.*client 1/);
    await frame.getByRole('button', { name: /^Payload byte 7:/ }).click();
    await frame.getByRole('button', { name: /^payload data, byte 7, bit 6:/ }).click();
    expect(await answerTo(frame)).toMatch(/text, 8 bytes: “client 3” 81 08 63 6c/);
  });

  test('of a frame from the server cannot be sent, and a sentence says why', async () => {
    await openLesson();
    const received = await choose(/server → client A.*text/);
    await received.getByRole('button', { name: 'RSV1: 0' }).click();
    await received.getByText('Your browser receives this frame, and no page can send one to it.').waitFor();
  });

  test('get a sentence in reply if the server has gone', async () => {
    const server = await startServer();
    await openPage(page, `${server.origin}/1-4-full-duplex/`);
    const frame = await choose(/client A → server.*text/);
    await frame.getByRole('button', { name: 'RSV1: 0' }).click();
    await server.stop();
    await frame.getByRole('button', { name: /^Send/ }).click();
    await frame.getByText(/^The sandbox server at localhost:\d+ does not answer\.$/).waitFor();
  });
});
