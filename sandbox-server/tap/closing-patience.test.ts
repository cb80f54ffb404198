import { expect, test } from 'vitest';
import { createFakeTimers } from '../testing/fake-timers.ts';
import { ClosingPatience, linkTime } from './closing-patience.ts';

function patience() {
  const timers = createFakeTimers();
  let cutAt: number | undefined;
  const closing = new ClosingPatience(1000, timers, () => (cutAt = timers.now()));
  return { closing, timers, cutAt: () => cutAt };
}

test('waits as long as set for the client to answer a Close, and no longer', () => {
  const { closing, timers, cutAt } = patience();
  closing.note('we said Close');
  timers.pass(999);
  expect(cutAt()).toBeUndefined();
  timers.pass(1);
  expect(cutAt()).toBe(1000);
});

test('once the Close is answered, waits for nothing until our side ends, and then for the client to end its own', () => {
  const { closing, timers, cutAt } = patience();
  closing.note('we said Close');
  timers.pass(900);
  closing.note('client said Close');
  timers.pass(5000);
  closing.note('we ended');
  timers.pass(999);
  expect(cutAt()).toBeUndefined();
  timers.pass(1);
  expect(cutAt()).toBe(6900);
});

test('after our side has ended, no number of Close frames wins time; the end of the client does, for good', () => {
  const [answering, ending] = [patience(), patience()];
  for (const { closing } of [answering, ending]) {
    closing.note('we said Close');
    closing.note('we ended');
  }
  for (let i = 0; i < 4; i++) {
    answering.timers.pass(300);
    answering.closing.note('client said Close');
  }
  expect(answering.cutAt()).toBe(1000);
  ending.closing.note('client ended');
  ending.timers.pass(5000);
  expect([ending.cutAt(), ending.timers.waiting]).toEqual([undefined, 0]);
});

test('does not wait for a client that ended its side before the Close', () => {
  const { closing, timers } = patience();
  closing.note('client ended');
  closing.note('we said Close');
  closing.note('we ended');
  expect(timers.waiting).toBe(0);
});

test('after the client has ended its side, waits for what is on the link as long as a link takes, and no longer', () => {
  const { closing, timers, cutAt } = patience();
  closing.note('client ended');
  timers.pass(linkTime + 999);
  closing.note('we said Close');
  expect(cutAt()).toBeUndefined();
  timers.pass(1);
  expect(cutAt()).toBe(linkTime + 1000);
});
