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

  test('is told nothing about faults of its own', () => {
    expect(missingInWorker(new ReferenceError('documents is not defined'))).toBeUndefined();
    expect(missingInWorker(new TypeError('document is odd'))).toBeUndefined();
    expect(missingInWorker('document')).toBeUndefined();
  });
});
