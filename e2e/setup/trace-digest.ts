/** One short text for a whole trace, to compare it with that of another engine. */
import { createHash } from 'node:crypto';
import type { Trace } from '../../protocol/trace/trace.ts';

/** Returns the SHA-256, in hexadecimal, of a trace's JSON with the keys of each object in order: drivers keep no order. */
export function traceDigest(trace: Trace): string {
  const inOrder = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return createHash('sha256').update(JSON.stringify(trace, inOrder)).digest('hex');
}
