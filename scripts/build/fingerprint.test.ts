import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';
import { isSiteStale } from './site-build.ts';

const folder = mkdtempSync(join(tmpdir(), 'duplex-fingerprint-'));
beforeAll(() => {
  mkdirSync(join(folder, 'sources'));
  writeFileSync(join(folder, 'sources', 'one.ts'), '1');
  writeFileSync(join(folder, 'settings.json'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true }));

const now = (words = ''): string => fingerprintOf(folder, ['settings.json', 'sources'], words);

test('a fingerprint changes with the words, with a file and with its name, but not with a test', () => {
  const first = now();
  expect(now()).toBe(first);
  expect(now('https://example.org')).not.toBe(first);
  writeFileSync(join(folder, 'sources', 'one.test.ts'), '2');
  expect(now()).toBe(first);
  writeFileSync(join(folder, 'sources', 'two.ts'), '2');
  const second = now();
  expect(second).not.toBe(first);
  writeFileSync(join(folder, 'settings.json'), '{ }');
  expect(now()).not.toBe(second);
});

test('an input that does not exist fails, with its name', () => {
  expect(() => fingerprintOf(folder, ['sources', 'moved.md'], '')).toThrow(
    'Inputs of the build do not exist: moved.md. scripts/build/site-build.ts lists them.',
  );
});

test('all inputs of the site exist', () => {
  expect(() => isSiteStale()).not.toThrow();
});
