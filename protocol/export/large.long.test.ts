import { expect, test } from 'vitest';
import { largeTraces } from '../testing/large-traces-for-tests.ts';
import type { Trace } from '../trace/trace.ts';
import { toHar } from './har.ts';
import { toPcapng } from './pcapng.ts';

const framesOf = largeTraces['frames on one connection'] as (size: number) => Trace;

test('a trace of 150,000 frames is exported whole, as HAR and as pcapng', () => {
  const trace = framesOf(75_000);
  const [entry] = toHar(trace).log.entries;
  expect(entry?._webSocketMessages).toHaveLength(150_000);
  expect(entry?.time).toBeGreaterThan(75_000);
  expect(toPcapng(trace).length).toBeGreaterThan(150_000 * 100);
});
