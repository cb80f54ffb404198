import { expect, test } from 'vitest';
import { Activity } from './activity.ts';
import { observeTimers } from './timers.ts';

/** Returns timers that fire when told to, in place of the browser's. */
function harness() {
  const waiting = new Map<number, { fire: () => void; repeats: boolean }>();
  let lastId = 0;
  const start = (repeats: boolean) =>
    ((handler: () => void) => {
      waiting.set(++lastId, { fire: handler, repeats });
      return lastId;
    }) as unknown as typeof setTimeout & typeof setInterval;
  const clear = ((id: number) => void waiting.delete(id)) as unknown as typeof clearTimeout;
  const scope = { setTimeout: start(false), setInterval: start(true), clearTimeout: clear, clearInterval: clear };
  const idle = { count: 0 };
  const activity = new Activity(() => idle.count++);
  const seen = { count: 0 };
  observeTimers(scope, { hold: () => activity.hold(), seen: () => seen.count });
  const fireAll = (): void => {
    for (const [id, { fire, repeats }] of [...waiting]) {
      if (!repeats) waiting.delete(id);
      fire();
    }
  };
  return { scope, activity, idle, seen, fireAll };
}

test('a program is not idle while a timer waits, and is idle once it has fired or is cleared', () => {
  const { scope, activity, idle, fireAll } = harness();
  scope.setTimeout(() => undefined, 10);
  const second = scope.setTimeout(() => undefined, 10);
  expect(activity.isIdle).toBe(false);
  scope.clearTimeout(second);
  scope.clearTimeout(second);
  expect(activity.isIdle).toBe(false);
  fireAll();
  expect([activity.isIdle, idle.count]).toEqual([true, 1]);
});

test('a timer set within another keeps the program from being idle in between; an error does not keep it from being idle for ever', () => {
  const { scope, activity, idle, fireAll } = harness();
  scope.setTimeout(() => {
    scope.setTimeout(() => {
      throw new Error('mine');
    }, 10);
  }, 10);
  fireAll();
  expect([activity.isIdle, idle.count]).toEqual([false, 0]);
  expect(fireAll).toThrow('mine');
  expect([activity.isIdle, idle.count]).toEqual([true, 1]);
});

test('an interval counts as long as it has a visible effect; a timer that waits for long does not count at all', () => {
  const { scope, activity, seen, fireAll } = harness();
  scope.setTimeout(() => undefined, 60_000);
  expect(activity.isIdle).toBe(true);
  scope.setInterval(() => undefined, 10);
  for (let i = 0; i < 5; i++) {
    seen.count++;
    fireAll();
    expect(activity.isIdle).toBe(false);
  }
  for (let i = 0; i < 3; i++) fireAll();
  expect(activity.isIdle).toBe(true);
});
