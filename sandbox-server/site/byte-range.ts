/** A range of bytes, both ends included; or none of the bytes is in what was asked for. */
export type ByteRange = { first: number; last: number } | 'unsatisfiable';

/**
 * The range that a `Range` field asks for of so many bytes (RFC 9110 §14.1.2). Undefined where the whole is to be sent: without the field, for
 * another unit, for what is no range, and for several ranges at once. A server may pass over those (§14.2): no browser asks for them,
 * and answered they are a way to have a small file sent many times.
 */
export function readRange(field: string | undefined, length: number): ByteRange | undefined {
  const set = /^bytes=(.*)$/i.exec(field ?? '')?.[1];
  // Empty elements of a list are passed over (§5.6.1.2).
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
  // All of an empty file are its last bytes, and no Content-Range could say so.
  return length === 0 ? undefined : { first: Math.max(0, length - count), last: length - 1 };
}
