import { describe, expect, test } from 'vitest';
import { missingInWorker, nameWindow } from './page-globals.ts';

describe('a program written for a page', () => {
  test('finds its globals in window', () => {
    const scope = { setTimeout } as unknown as typeof globalThis;
    nameWindow(scope);
    expect((scope as unknown as { window: unknown }).window).toBe(scope);
  });

  test.each(['document is not defined', "Can't find variable: document", 'alert is not defined'])(
    'is told about the worker when it fails with "%s"',
    (message) => {
      expect(missingInWorker(new ReferenceError(message))).toContain('Programs here run in a worker');
    },
  );

  test.each([
    ['require', /belongs to Node.*WebSocket and fetch are there without it.*server\.ts/],
    ['module', /delete the line with module\.exports/],
    ['process', /in place of process\.env/],
    ['Buffer', /Use Uint8Array/],
    ['__dirname', /There are no files/],
    ['Deno', /runtime of its own.*new WebSocket/],
    ['Bun', /runtime of its own/],
    ['io', /Socket\.IO.*protocol of its own/],
    ['$', /Print with console\.log/],
    ['jQuery', /Print with console\.log/],
    ['React', /no libraries/],
    ['ReactDOM', /no libraries/],
    ['Audio', /Nothing plays here/],
    ['AudioContext', /Nothing plays here/],
    ['Image', /without a page/],
    ['localStorage', /keep values in a variable/],
    ['sessionStorage', /keep values in a variable/],
    ['alert', /Print with console\.log/],
    ['confirm', /Write the answer into the program/],
    ['prompt', /Write the answer into the program/],
    ['Notification', /Print with console\.log/],
  ])('is told by name that there is no %s, and what to do instead', (name, words) => {
    for (const message of [`${name} is not defined`, `Can't find variable: ${name}`]) {
      const said = missingInWorker(new ReferenceError(message));
      expect(said).toMatch(words);
      expect(said).toContain(name);
    }
  });

  test('is told about a member that Workers lack', () => {
    expect(missingInWorker(new TypeError('Notification.requestPermission is not a function'))).toContain('no Notification');
  });

  test('is told nothing about faults of its own', () => {
    expect(missingInWorker(new ReferenceError('documents is not defined'))).toBeUndefined();
    expect(missingInWorker(new TypeError('document is odd'))).toBeUndefined();
    expect(missingInWorker(new ReferenceError('document is not defined yet'))).toBeUndefined();
    expect(missingInWorker(new ReferenceError('constructor is not defined'))).toBeUndefined();
    expect(missingInWorker('document')).toBeUndefined();
  });
});
