import { describe, expect, test } from 'vitest';
import type { NamedTrace } from '../../protocol/trace/joined-traces.ts';
import { addTraces, nameOf } from './compared.ts';

const named = (...names: string[]): NamedTrace[] =>
  names.map((name) => ({
    name,
    trace: { version: 1, network: 'live', clock: { offsetMs: 0, uncertaintyMs: 0 }, connections: [], events: [] },
  }));
const namesOf = (traces: readonly NamedTrace[]): string[] => traces.map(({ name }) => name);

describe('traces that are compared', () => {
  test('are named after their files, without folder and ending', () => {
    expect(['crossing.json', '/trace/1-4-full-duplex/crossing.json', 'mine', '.json'].map(nameOf)).toEqual([
      ...['crossing', 'crossing', 'mine', '.json'],
    ]);
  });

  test('keep their names apart when two files have the same name', () => {
    expect(namesOf(addTraces(named('a'), named('a', 'b', 'a')).traces)).toEqual(['a', 'a (2)', 'b', 'a (3)']);
  });

  test('are five at most, and those left out are named', () => {
    const { traces, leftOut } = addTraces(named('a', 'b', 'c'), named('d', 'e', 'f', 'g'));
    expect(namesOf(traces)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(leftOut).toEqual(['f', 'g']);
  });
});
