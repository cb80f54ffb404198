import { expect, test } from 'vitest';
import { createFakeTimers } from '../testing/fake-timers.ts';
import { ClosingPatience, linkTime } from './closing-patience.ts';

function patience() {
  const timers = createFakeTimers();
  let cutAt: number | undefined;
  const closing = new ClosingPatience(1000, timers, () => (cutAt = timers.now()));
  return { closing, timers, cutAt: () => cutAt };
}

test('a Close that the client never answers is waited for as long as set, and no longer', () => {
  const { closing, timers, cutAt } = patience();
  closing.note('we said Close');
  timers.pass(999);
  expect(cutAt()).toBeUndefined();
  timers.pass(1);
  expect(cutAt()).toBe(1000);
});

test('once the Close is answered nothing is waited for until our side ends, then for the client to end its own', () => {
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

test('after our side has ended neither a Close nor many win time; the end does, for good', () => {
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

test('a client that ended its side before the Close is not waited for', () => {
  const { closing, timers } = patience();
  closing.note('client ended');
  closing.note('we said Close');
  closing.note('we ended');
  expect(timers.waiting).toBe(0);
});

test('after the client has ended its side, what is still on the link is waited for as long as a link takes, and no longer', () => {
  const { closing, timers, cutAt } = patience();
  closing.note('client ended');
  timers.pass(linkTime + 999);
  closing.note('we said Close');
  expect(cutAt()).toBeUndefined();
  timers.pass(1);
  expect(cutAt()).toBe(linkTime + 1000);
});
