import { expect, test } from 'vitest';
import { createFaultLog } from './fault-log.ts';
import { createFakeTimers } from './testing/fake-timers.ts';

function logBy() {
  const timers = createFakeTimers();
  const written: string[] = [];
  const failed = createFaultLog((text) => written.push(`${timers.now()}: ${text.split('\n')[0]?.slice(25)}`), timers);
  return { timers, written, failed };
}

test('a fault is written at once, with its time and the frames of its stack', () => {
  const timers = createFakeTimers(Date.UTC(2026, 10, 21, 4));
  const written: string[] = [];
  createFaultLog((text) => written.push(text), timers)(new TypeError('It is undefined.'));
  const [first, ...frames] = written.join('\n').split('\n');
  expect(first).toBe('2026-11-21T04:00:00.000Z TypeError: It is undefined.');
  expect(frames.length).toBeGreaterThan(0);
  expect(frames.every((line) => line.startsWith('    at '))).toBe(true);
});

test('counts a fault in a loop and reports it after a second, then ever less often, down to once a minute', () => {
  const { timers, written, failed } = logBy();
  for (let ms = 0; ms < 300_000; ms += 10) {
    failed(new Error('again'));
    timers.pass(10);
  }
  expect(written).toEqual([
    '0: Error: again',
    '1000: 99 times more in 1 s: Error: again',
    '3000: 200 times more in 2 s: Error: again',
    '7000: 400 times more in 4 s: Error: again',
    '15000: 800 times more in 8 s: Error: again',
    '31000: 1600 times more in 16 s: Error: again',
    '63000: 3200 times more in 32 s: Error: again',
    '123000: 6000 times more in 60 s: Error: again',
    '183000: 6000 times more in 60 s: Error: again',
    '243000: 6000 times more in 60 s: Error: again',
  ]);
});

test('writes a fault anew when it comes back after a quiet time', () => {
  const { timers, written, failed } = logBy();
  for (let i = 0; i < 2; i++) failed(new Error('again'));
  timers.pass(10_000);
  failed(new Error('again'));
  expect(written).toEqual(['0: Error: again', '1000: Once more in 1 s: Error: again', '10000: Error: again']);
});

test('writes ten of many different faults in one stretch of time, and only counts the rest', () => {
  const { timers, written, failed } = logBy();
  for (let i = 0; i < 1000; i++) failed(new Error(`number ${i}`));
  timers.pass(1000);
  expect(written).toHaveLength(11);
  expect(written.at(-1)).toBe('1000: 990 times more in 1 s: faults of other kinds');
});

test('input from a client cannot add lines or move the cursor, and a long message is cut', () => {
  const { written, failed } = logBy();
  failed(new Error(`bad\nfake line\u001b[2J${'x'.repeat(1000)}`));
  failed('no error at all');
  expect(written[0]).toMatch(/^0: Error: bad\\x0afake line\\x1b\[2Jx+$/);
  expect(written[0]?.length).toBeLessThan(530);
  expect(written[1]).toBe('0: Thrown: no error at all');
});

test('keeps no timer without faults, nor some time after the last one', () => {
  const { timers, failed } = logBy();
  expect(timers.waiting).toBe(0);
  failed(new Error('once'));
  timers.pass(1000);
  expect(timers.waiting).toBe(0);
});

test('a log that cannot be written for a while ends nothing, and goes on afterwards', () => {
  const timers = createFakeTimers();
  const written: string[] = [];
  let isFull = true;
  const failed = createFaultLog((text) => {
    if (isFull) throw new Error('the disk is full');
    written.push(text.split('\n')[0]?.slice(25) ?? '');
  }, timers);
  for (let i = 0; i < 3; i++) failed(new Error('again'));
  timers.pass(1000);
  isFull = false;
  failed(new Error('again'));
  timers.pass(2000);
  expect(written).toEqual(['Once more in 2 s: Error: again']);
});
