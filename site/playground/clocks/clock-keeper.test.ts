import { expect, test } from 'vitest';
import { ClockKeeper } from './clock-keeper.ts';
import { ServerClock } from './server-clock.ts';

/** Returns a keeper on the test's own clock, with the server 1000 ms ahead. */
function lab() {
  const page = { now: 0 };
  const asked: number[] = [];
  const timers: { at: number; callback: () => void }[] = [];
  const clock = new ServerClock();
  const keeper = new ClockKeeper(clock, {
    now: () => page.now,
    later(ms, callback) {
      const timer = { at: page.now + ms, callback };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    ask: (sentAt) => void asked.push(sentAt),
  });
  return {
    keeper,
    clock,
    asked,
    timers,
    /** Answers the last question: it takes `out` ms to the server, and the page reads the answer `back` ms later. */
    answer(out: number, back: number) {
      const sentAt = asked.at(-1) as number;
      const server = sentAt + out + 1000;
      page.now = sentAt + out + back;
      keeper.answered({ type: 'clock', sentAt, receivedAt: server, answeredAt: server });
    },
    runTimer() {
      const timer = timers.shift();
      page.now = timer?.at ?? NaN;
      timer?.callback();
    },
  };
}

/** Resolves to whether the promise has settled so far. */
const hasSettled = (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setTimeout(() => resolve(false)))]);

test('one quick exchange is enough', async () => {
  const { keeper, answer, asked } = lab();
  const aligned = keeper.align();
  answer(0.4, 0.4);
  expect(await hasSettled(aligned)).toBe(true);
  expect(asked).toHaveLength(1);
});

test('an exchange during which the page was blocked is not enough: more follow at once, until one is quick', async () => {
  const { keeper, answer, asked, clock } = lab();
  const aligned = keeper.align();
  answer(1, 400);
  answer(1, 300);
  expect(await hasSettled(aligned)).toBe(false);
  answer(0.5, 0.5);
  expect(await hasSettled(aligned)).toBe(true);
  expect(asked).toHaveLength(3);
  expect(clock.alignment.uncertaintyMs).toBeLessThanOrEqual(0.5);
});

test('without a quick exchange it makes at least four, more for a quarter of a second, and no more than sixteen', async () => {
  const slow = lab();
  const far = slow.keeper.align();
  for (let i = 0; i < 4; i++) {
    expect(await hasSettled(far)).toBe(false);
    slow.answer(50, 50);
  }
  expect(await hasSettled(far)).toBe(true);

  const near = lab();
  const aligned = near.keeper.align();
  for (let i = 0; i < 16; i++) {
    expect(await hasSettled(aligned)).toBe(false);
    near.answer(2, 2);
  }
  expect(await hasSettled(aligned)).toBe(true);
});

test('asks again afterwards, less and less often, and soon when told to', async () => {
  const { keeper, answer, asked, timers, runTimer } = lab();
  const aligned = keeper.align();
  for (let i = 0; i < 12; i++) {
    answer(0.1, 0.1);
    if (i === 0) await aligned;
    runTimer();
  }
  const waits = asked.slice(1).map((at, i) => Math.round(at - (asked[i] as number)));
  expect(waits.slice(0, 4)).toEqual([100, 200, 400, 800]);
  expect(waits.at(-1)).toBe(30_000);
  answer(0.1, 0.1);
  keeper.ask();
  answer(0.1, 0.1);
  expect(timers).toHaveLength(1);
  runTimer();
  expect(Math.round((asked.at(-1) as number) - (asked.at(-2) as number))).toBe(100);
});

test('asks no more once it is stopped', () => {
  const { keeper, answer, asked, timers } = lab();
  void keeper.align();
  answer(0.1, 0.1);
  keeper.stop();
  keeper.ask();
  expect(timers).toEqual([]);
  expect(asked).toHaveLength(1);
});
