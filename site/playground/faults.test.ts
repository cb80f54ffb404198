import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { faultSentence, listenForFaults } from './faults.ts';

/** Stands in for the page, which hears of faults as events. */
const page = new EventTarget();
let leave: (() => void)[];
beforeEach(() => {
  leave = [];
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});
afterEach(() => {
  for (const one of leave) one();
  vi.unstubAllGlobals();
});

/** Adds a playground that runs or does not, and returns the sentences it is told. */
function playground(isOn: boolean): string[] {
  const told: string[] = [];
  leave.push(listenForFaults({ isOn: () => isOn, fault: (sentence) => told.push(sentence) }));
  return told;
}
const throws = (error: unknown, message = String(error)): void =>
  void page.dispatchEvent(Object.assign(new Event('error'), { error, message }));
const rejects = (reason: unknown): void => void page.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }));

describe('an uncaught error', () => {
  test('goes to the playground that runs, and to no other', () => {
    const [first, second] = [playground(false), playground(true)];
    throws(new TypeError('boom'));
    expect([first, second]).toEqual([[], [faultSentence(new TypeError('boom'))]]);
  });

  test('goes to all playgrounds when none runs, and so does a rejection', () => {
    const [first, second] = [playground(false), playground(false)];
    rejects(new RangeError('nope'));
    expect([first, second]).toEqual([
      [expect.stringContaining('RangeError: nope')],
      [expect.stringContaining('RangeError: nope')],
    ]);
  });

  test('no longer goes to a playground that is gone', () => {
    const told = playground(true);
    leave.pop()?.();
    throws(new Error('later'));
    expect(told).toEqual([]);
  });

  test('is no fault when a browser only says that a size changed while it was reporting sizes', () => {
    const told = playground(true);
    throws(undefined, 'ResizeObserver loop completed with undelivered notifications.');
    expect(told).toEqual([]);
  });
});

test.each([
  ['Chromium', 'Failed to fetch dynamically imported module: http://localhost/x.js'],
  ['Firefox', 'error loading dynamically imported module: http://localhost/x.js'],
  ['WebKit', 'Importing a module script failed.'],
])('recognises a module that did not load by the words of %s', (_browser, message) => {
  expect(faultSentence(new TypeError(message))).toContain('A part of this page did not load');
});
