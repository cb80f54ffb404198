import { expect, test } from 'vitest';
import { growth, linear } from './growth-for-tests.ts';
import { largeTraces } from './large-traces-for-tests.ts';
import type { Trace } from '../trace/trace.ts';

/** Work on a trace, keyed by what it does, in the words of a test's title. */
export type Works = Readonly<Record<string, (trace: Trace) => unknown>>;

/**
 * Tests each work on each shape of large trace: its time must grow in step with the trace. `size` is that of the smaller traces.
 */
export function testGrowth(works: Works, size: number): void {
  const cases = Object.keys(largeTraces).flatMap((shape) => Object.keys(works).map((work) => [shape, work] as const));
  test.each(cases)('a trace of many %s is %s in linear time', (shape, work) => {
    const make = largeTraces[shape] as (size: number) => Trace;
    const onTrace = (of: number): (() => unknown) => {
      const trace = make(of);
      return () => works[work]?.(trace);
    };
    expect(growth(onTrace, size)).toBeLessThan(linear);
  });
}
