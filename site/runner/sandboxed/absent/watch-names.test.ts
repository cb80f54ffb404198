import { expect, test, vi } from 'vitest';
import { absentWords } from './absent-names.ts';
import { watchAbsentNames } from './watch-names.ts';

/** Returns a global object on which the names of a program are watched, and what the reader is told. */
function watched(code: string, scope: Record<string, unknown> = {}) {
  const told = vi.fn();
  watchAbsentNames(scope, code, told);
  return { scope, told };
}

test('a variable that is read throws as if it was absent, and tells the reader even if the program catches that', () => {
  const { scope, told } = watched('try { localStorage.setItem("a", 1) } catch {}');
  expect(told).not.toHaveBeenCalled();
  expect(() => scope['localStorage']).toThrow(new ReferenceError('localStorage is not defined'));
  const words = absentWords('localStorage');
  expect(told).toHaveBeenCalledWith(words, words);
});

test('a member of the global object is undefined, and tells the reader', () => {
  const { scope, told } = watched('if (window.document) document.title = "x";');
  expect(scope['document']).toBeUndefined();
  expect(told).toHaveBeenCalledOnce();
});

test.each(["'AudioContext' in window && new AudioContext()", 'typeof AudioContext === "undefined" || new AudioContext()'])(
  'a name stays absent for a program that checks for it: %s',
  (code) => {
    expect('AudioContext' in watched(code).scope).toBe(false);
  },
);

test('a name that the program does not use stays absent', () => {
  expect(Object.getOwnPropertyNames(watched('console.log("hi")').scope)).toEqual([]);
});

test('a program that brings a name along has it', () => {
  const { scope, told } = watched('window.process = { env: {} }; process.env');
  scope['process'] = { env: {} };
  expect(scope['process']).toEqual({ env: {} });
  expect(Object.keys(scope)).toEqual(['process']);
  expect(told).not.toHaveBeenCalled();
});

test('what a browser has in its Workers all the same is made, and tells the reader that it shows nothing', () => {
  class Notification {
    readonly title: string;
    constructor(title: string) {
      this.title = title;
    }
  }
  const { scope, told } = watched('new Notification("hi")', { Notification });
  const Made = scope['Notification'] as typeof Notification;
  expect(new Made('hi')).toMatchObject({ title: 'hi' });
  expect(told.mock.calls[0]?.[0]).toMatch(/there is no Notification/);
});
