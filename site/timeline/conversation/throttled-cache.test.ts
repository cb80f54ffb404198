import { expect, test } from 'vitest';
import { ThrottledCache } from './throttled-cache.ts';

/** Returns a cache on the test's own clock, with values that take 10 ms each to work out. */
function keptOf() {
  const clock = { now: 0 };
  let count = 0;
  const kept = new ThrottledCache<number>(() => clock.now);
  const workOut = (): number => {
    clock.now += 10;
    return ++count;
  };
  return { clock, kept, workOut };
}

test('works out the value of each name once a turn at rest', () => {
  const { kept, workOut } = keptOf();
  const first = kept.turn(false);
  expect([first.get('a', workOut), first.get('a', workOut), first.get('b', workOut)]).toEqual([1, 1, 2]);
  const second = kept.turn(false);
  expect([second.get('a', workOut), second.get('a', workOut)]).toEqual([3, 3]);
});

test('works out a value that took 10 ms again after 200 ms during a run, and in the first turn at rest', () => {
  const { clock, kept, workOut } = keptOf();
  expect(kept.turn(true).get('a', workOut)).toBe(1);
  expect(kept.isBehind).toBe(false);
  clock.now += 199;
  expect(kept.turn(true).get('a', workOut)).toBe(1);
  expect(kept.isBehind).toBe(true);
  clock.now += 1;
  expect(kept.turn(true).get('a', workOut)).toBe(2);
  expect(kept.isBehind).toBe(false);
  expect(kept.turn(false).get('a', workOut)).toBe(3);
});

test('makes one of two values that are due together wait for the next turn during a run, and works out both at rest', () => {
  const { clock, kept, workOut } = keptOf();
  const both = (isLive: boolean): number[] => {
    const turn = kept.turn(isLive);
    return ['a', 'b'].map((name) => turn.get(name, workOut));
  };
  expect(both(true)).toEqual([1, 2]);
  clock.now += 300;
  expect(both(true)).toEqual([3, 2]);
  expect(kept.isBehind).toBe(true);
  expect(both(true)).toEqual([3, 4]);
  expect(both(false)).toEqual([5, 6]);
  expect(kept.isBehind).toBe(false);
});
