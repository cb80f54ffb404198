import { expect, test } from 'vitest';
import { growth, linear } from './growth-for-tests.ts';
import { largeTraces } from './large-traces-for-tests.ts';
import type { Trace } from '../trace/trace.ts';

/** Work on a trace, by what it does to it, as a test's title says it. */
export type Works = Readonly<Record<string, (trace: Trace) => unknown>>;

/** Tests each work on each shape of large traces: its time grows as they do. `size` is that of the smaller traces. */
export function testGrowth(works: Works, size: number): void {
  const cases = Object.keys(largeTraces).flatMap((shape) => Object.keys(works).map((work) => [shape, work] as const));
  test.each(cases)('a trace of many %s is %s in a time that grows as they do', (shape, work) => {
    const make = largeTraces[shape] as (size: number) => Trace;
    const onTrace = (of: number): (() => unknown) => {
      const trace = make(of);
      return () => works[work]?.(trace);
    };
    expect(growth(onTrace, size)).toBeLessThan(linear);
  });
}
