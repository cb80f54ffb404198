/** A range of bytes, both ends included, or `unsatisfiable` if the request asked for none of the bytes. */
export type ByteRange = { first: number; last: number } | 'unsatisfiable';

/**
 * Returns the range that a `Range` field asks for, out of `length` bytes (RFC 9110 §14.1.2). Undefined to send the whole: without
 * the field, for another unit, for an invalid range, and for several ranges at once. A server may ignore several (§14.2): no
 * browser asks for them, and answering them would let a client have a small file sent many times.
 */
export function readRange(field: string | undefined, length: number): ByteRange | undefined {
  const set = /^bytes=(.*)$/i.exec(field ?? '')?.[1];
  // Skip empty elements of the list (§5.6.1.2).
  const ranges = set?.split(',').flatMap((text) => text.trim() || []);
  if (ranges?.length !== 1) return undefined;
  const [, from, to, suffix] = /^(?:(\d+)-(\d*)|-(\d+))$/.exec(ranges[0] ?? '') ?? [];
  if (suffix !== undefined) return lastBytes(Number(suffix), length);
  if (from === undefined) return undefined;
  const first = Number(from);
  const last = to ? Number(to) : Infinity;
  if (last < first) return undefined;
  return first < length ? { first, last: Math.min(last, length - 1) } : 'unsatisfiable';
}

function lastBytes(count: number, length: number): ByteRange | undefined {
  if (count === 0) return 'unsatisfiable';
  // The last bytes of an empty file are all of it, which no Content-Range could say.
  return length === 0 ? undefined : { first: Math.max(0, length - count), last: length - 1 };
}
