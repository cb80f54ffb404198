import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importGraph } from './import-graph.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const files = [...importGraph(root).keys()];
const linesOf = (file: string): string[] => readFileSync(join(root, file), 'utf8').trimEnd().split('\n');
const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);

/** Lines of code above which a file says at its head why it is that long. */
const most = 250;
const reason = /Longer than most files: \S/;

describe('rooms stay small enough to be read', () => {
  test('no folder has more than 20 sources, tests apart', () => {
    const folders = Map.groupBy(
      files.filter((file) => !isTest(file)),
      (file) => dirname(file),
    );
    const full = [...folders].filter(([, own]) => own.length > 20).map(([folder, own]) => `${folder}: ${own.length}`);
    expect(folders.size).toBeGreaterThan(50);
    expect(full).toEqual([]);
  });

  test('the median source has fewer than 80 lines', () => {
    const lengths = files.filter((file) => !isTest(file)).map((file) => linesOf(file).length);
    lengths.sort((a, b) => a - b);
    expect(lengths[lengths.length >> 1]).toBeLessThan(80);
  });

  test(`every file of more than ${most} lines says at its head why`, () => {
    const long = files.map((file) => ({ file, lines: linesOf(file) })).filter(({ lines }) => lines.length > most);
    expect(long.filter(({ lines }) => !reason.test(lines.slice(0, 25).join('\n'))).map(({ file }) => file)).toEqual([]);
  });
});
