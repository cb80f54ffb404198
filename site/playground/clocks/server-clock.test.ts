import { describe, expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';

/** An exchange that took `out` ms to the server and `back` ms from it, where the server was `busy` in between and is `ahead`. */
const exchange = (sentAt: number, { out = 1, busy = 0, back = 1, ahead = 1000 }) => ({
  sentAt,
  receivedAt: sentAt + out + ahead,
  answeredAt: sentAt + out + busy + ahead,
  answerReceivedAt: sentAt + out + busy + back,
});

describe('exchanges', () => {
  test('each bounds the offset, and all bounds hold together: the rest is the uncertainty', () => {
    const clock = new ServerClock();
    clock.exchanged(exchange(0, { out: 80, back: 20 }));
    clock.exchanged(exchange(100, { out: 3, back: 1 }));
    clock.exchanged(exchange(200, { out: 2, back: 48 }));
    expect(clock.alignment).toEqual({ offsetMs: 1000.5, uncertaintyMs: 1.5 });
    expect(clock.toPage(1300.5)).toBe(300);
  });

  test('the time that the server took to answer does not count', () => {
    const clock = new ServerClock();
    clock.exchanged(exchange(0, { busy: 300 }));
    expect(clock.alignment).toEqual({ offsetMs: 1000, uncertaintyMs: 1 });
  });

  test('the true offset is never farther away than the uncertainty, however the round trips are split', () => {
    for (const split of [0, 0.25, 0.5, 1]) {
      const clock = new ServerClock();
      clock.exchanged(exchange(10, { out: 40 * split, back: 40 * (1 - split), ahead: 500 }));
      clock.exchanged(exchange(60, { out: 30 * (1 - split), back: 30 * split, ahead: 500 }));
      const { offsetMs, uncertaintyMs } = clock.alignment;
      expect(Math.abs(offsetMs - 500)).toBeLessThanOrEqual(uncertaintyMs);
    }
  });

  test('one for which the page was blocked for a quarter of a second does no harm to those before and after it', () => {
    const clock = new ServerClock();
    clock.exchanged(exchange(0, { back: 250 }));
    expect(clock.alignment.uncertaintyMs).toBe(125.5);
    clock.exchanged(exchange(300, {}));
    expect(clock.alignment).toEqual({ offsetMs: 1000, uncertaintyMs: 1 });
  });

  test('nothing is known more exactly than the page can read its clock', () => {
    const clock = new ServerClock(0.1);
    clock.exchanged(exchange(0, { out: 0, back: 0 }));
    expect(clock.alignment.uncertaintyMs).toBe(0.1);
  });
});

describe('what a run saw at both ends', () => {
  test('bounds the offset as well: nothing is seen by the server before the client did it, nor the other way round', () => {
    const clock = new ServerClock();
    clock.exchanged(exchange(0, { out: 100, back: 100 }));
    clock.sawFromClient(300, 1300.5);
    clock.sawFromServer(1400, 400.25);
    expect(clock.alignment).toEqual({ offsetMs: 1000.125, uncertaintyMs: 0.375 });
  });

  test('where a coarse clock makes them contradict each other, nothing comes to the server before it was sent', () => {
    const clock = new ServerClock();
    clock.exchanged(exchange(0, {}));
    clock.sawFromClient(300.9, 1300.4);
    clock.sawFromServer(1400.2, 400);
    expect(clock.toPage(1300.4)).toBeGreaterThanOrEqual(300.9);
    expect(clock.isInDoubt).toBe(false);
  });
});

describe('clocks that part', () => {
  /** The page slept for ten seconds of the server's time at 500 ms of its own. */
  const slept = (): ServerClock => {
    const clock = new ServerClock();
    clock.exchanged(exchange(0, {}));
    clock.sawFromServer(1400, 401);
    clock.sawFromServer(11_510, 511);
    return clock;
  };

  test('are noticed by what a run sees, and an exchange shows that it is so', () => {
    const clock = slept();
    expect(clock.isInDoubt).toBe(true);
    expect(clock.toPage(1400)).toBe(400);
    clock.exchanged(exchange(600, { ahead: 11_000 }));
    expect(clock.isInDoubt).toBe(false);
    expect(clock.alignment.offsetMs).toBe(11_000);
    expect(clock.toPage(11_700)).toBe(700);
    expect(clock.toPage(1400)).toBe(400);
  });

  test('keep the order of all moments, and what was before is before', () => {
    const clock = slept();
    clock.exchanged(exchange(600, { ahead: 11_000 }));
    const moments = [1400, 1450, 5000, 11_000, 11_400, 11_510, 11_550, 11_700].map((time) => clock.toPage(time));
    expect(moments).toEqual([...moments].sort((a, b) => a - b));
    expect(clock.toPage(11_510)).toBeLessThanOrEqual(511);
  });

  test('are not believed where an exchange says that nothing has happened', () => {
    const clock = slept();
    clock.exchanged(exchange(600, {}));
    expect(clock.isInDoubt).toBe(false);
    expect(clock.alignment.offsetMs).toBe(1000);
  });
});
