import { describe, expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';

/** Returns an exchange: `out` ms to the server, `busy` ms there, `back` ms to the page. The server is `ahead` ms ahead. */
const exchange = (sentAt: number, { out = 1, busy = 0, back = 1, ahead = 1000 }) => ({
  sentAt,
  receivedAt: sentAt + out + ahead,
  answeredAt: sentAt + out + busy + ahead,
  answerReceivedAt: sentAt + out + busy + back,
});

describe('exchanges', () => {
  test('each bound the offset, and what all bounds leave open is the uncertainty', () => {
    const clock = new ServerClock();
    clock.exchanged(exchange(0, { out: 80, back: 20 }));
    clock.exchanged(exchange(100, { out: 3, back: 1 }));
    clock.exchanged(exchange(200, { out: 2, back: 48 }));
    expect(clock.alignment).toEqual({ offsetMs: 1000.5, uncertaintyMs: 1.5 });
    expect(clock.toPage(1300.5)).toBe(300);
  });

  test('do not count the time that the server took to answer', () => {
    const clock = new ServerClock();
    clock.exchanged(exchange(0, { busy: 300 }));
    expect(clock.alignment).toEqual({ offsetMs: 1000, uncertaintyMs: 1 });
  });

  test('never put the true offset farther away than the uncertainty, however the round trips are split', () => {
    for (const split of [0, 0.25, 0.5, 1]) {
      const clock = new ServerClock();
      clock.exchanged(exchange(10, { out: 40 * split, back: 40 * (1 - split), ahead: 500 }));
      clock.exchanged(exchange(60, { out: 30 * (1 - split), back: 30 * split, ahead: 500 }));
      const { offsetMs, uncertaintyMs } = clock.alignment;
      expect(Math.abs(offsetMs - 500)).toBeLessThanOrEqual(uncertaintyMs);
    }
  });

  test('stay accurate before and after one during which the page was blocked for a quarter of a second', () => {
    const clock = new ServerClock();
    clock.exchanged(exchange(0, { back: 250 }));
    expect(clock.alignment.uncertaintyMs).toBe(125.5);
    clock.exchanged(exchange(300, {}));
    expect(clock.alignment).toEqual({ offsetMs: 1000, uncertaintyMs: 1 });
  });

  test('never make the offset more exact than the page can read its clock', () => {
    const clock = new ServerClock(0.1);
    clock.exchanged(exchange(0, { out: 0, back: 0 }));
    expect(clock.alignment.uncertaintyMs).toBe(0.1);
  });
});

describe('what a run saw at both ends', () => {
  test('bounds the offset too: neither end sees anything before the other has done it', () => {
    const clock = new ServerClock();
    clock.exchanged(exchange(0, { out: 100, back: 100 }));
    clock.sawFromClient(300, 1300.5);
    clock.sawFromServer(1400, 400.25);
    expect(clock.alignment).toEqual({ offsetMs: 1000.125, uncertaintyMs: 0.375 });
  });

  test('never reaches the server before it was sent, even when a coarse clock makes the bounds contradict each other', () => {
    const clock = new ServerClock();
    clock.exchanged(exchange(0, {}));
    clock.sawFromClient(300.9, 1300.4);
    clock.sawFromServer(1400.2, 400);
    expect(clock.toPage(1300.4)).toBeGreaterThanOrEqual(300.9);
    expect(clock.isInDoubt).toBe(false);
  });
});

describe('clocks that come apart', () => {
  /** Returns a clock whose page slept at 500 ms of its own time, for ten seconds of the server's. */
  const slept = (): ServerClock => {
    const clock = new ServerClock();
    clock.exchanged(exchange(0, {}));
    clock.sawFromServer(1400, 401);
    clock.sawFromServer(11_510, 511);
    return clock;
  };

  test('are noticed in what a run sees, and confirmed by an exchange', () => {
    const clock = slept();
    expect(clock.isInDoubt).toBe(true);
    expect(clock.toPage(1400)).toBe(400);
    clock.exchanged(exchange(600, { ahead: 11_000 }));
    expect(clock.isInDoubt).toBe(false);
    expect(clock.alignment.offsetMs).toBe(11_000);
    expect(clock.toPage(11_700)).toBe(700);
    expect(clock.toPage(1400)).toBe(400);
  });

  test('keep all moments in order, and what came before stays before', () => {
    const clock = slept();
    clock.exchanged(exchange(600, { ahead: 11_000 }));
    const moments = [1400, 1450, 5000, 11_000, 11_400, 11_510, 11_550, 11_700].map((time) => clock.toPage(time));
    expect(moments).toEqual([...moments].sort((a, b) => a - b));
    expect(clock.toPage(11_510)).toBeLessThanOrEqual(511);
  });

  test('are not believed when an exchange shows that nothing has happened', () => {
    const clock = slept();
    clock.exchanged(exchange(600, {}));
    expect(clock.isInDoubt).toBe(false);
    expect(clock.alignment.offsetMs).toBe(1000);
  });
});
