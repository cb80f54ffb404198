import { expect, test } from 'vitest';
import { moduleShim } from './module-shim.ts';

/** Imports a source as the module that it is. */
const imported = async (source: string): Promise<Record<string, unknown>> =>
  (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`)) as Record<string, unknown>;

test('an importer gets the object whole and by its names, also those that are reserved words or no identifiers', async () => {
  const names = ['a', 'delete', 'b-c', '"', 'whole', 'name0', '__proto__'];
  const shim = await imported(moduleShim(`{ a: 1, delete: 2, 'b-c': 3, '"': 4, whole: 5, name0: 6, ['__proto__']: 7 }`, names));
  expect(names.map((name) => shim[name])).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(shim['default']).toMatchObject({ a: 1, whole: 5 });
  expect(Object.keys(shim).sort()).toEqual([...names, 'default'].sort());
});

test('a name that is there twice, is `default` or is no Unicode does not spoil the module', async () => {
  const shim = await imported(moduleShim('{ a: 1, default: 2 }', ['a', 'a', 'default', '\ud800']));
  expect(Object.keys(shim)).toEqual(['a', 'default']);
  expect(shim['default']).toEqual({ a: 1, default: 2 });
});

test('what a module exports may be anything, and is evaluated once', async () => {
  const count = 'globalThis.shimCount = (globalThis.shimCount ?? 0) + 1';
  expect((await imported(moduleShim(count, ['toFixed'])))['toFixed']).toBe(Number.prototype.toFixed);
  expect((globalThis as { shimCount?: number }).shimCount).toBe(1);
  expect((await imported(moduleShim('null', [])))['default']).toBeNull();
});
