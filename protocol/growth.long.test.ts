import { expect, test } from 'vitest';
import { deliveriesOf } from './delivery.ts';
import { measureDuplex } from './duplex.ts';
import { exchangesOf } from './exchange.ts';
import { toHar } from './export/har.ts';
import { toPcapng } from './export/pcapng.ts';
import { flightsOf } from './flight.ts';
import { growth, linear } from './growth-for-tests.ts';
import { largeTraces } from './large-traces-for-tests.ts';
import { queueSteps } from './queue.ts';
import { sideBySide } from './side-by-side.ts';
import type { Trace } from './trace.ts';
import { trafficOf } from './traffic.ts';
import { updatesOf } from './updates.ts';

const works: Record<string, (trace: Trace) => unknown> = {
  measured: (trace) => [measureDuplex(flightsOf(trace)), trafficOf(trace, flightsOf(trace)), queueSteps(trace)],
  'searched for what was delivered': (trace) => [deliveriesOf(exchangesOf(trace)), updatesOf(flightsOf(trace), /l+/g)],
  'laid beside others': (trace) => sideBySide(Array.from('abcde', (name) => ({ name, trace }))),
  'exported as HAR': (trace) => toHar(trace),
  'exported as pcapng': (trace) => toPcapng(trace),
};

const cases = Object.keys(largeTraces).flatMap((shape) => Object.keys(works).map((work) => [shape, work] as const));

test.each(cases)('a trace of many %s is %s in a time that grows as they do', (shape, work) => {
  const make = largeTraces[shape] as (size: number) => Trace;
  expect(
    growth((size) => {
      const trace = make(size);
      return () => works[work]?.(trace);
    }, 400),
  ).toBeLessThan(linear);
});
