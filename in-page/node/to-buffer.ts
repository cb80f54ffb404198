/** Anything that Node's `Buffer.from` takes, as a Buffer; and for the rest, Node's error. */
import { Buffer } from './buffer.ts';

/** Returns a Buffer, on the same memory where the value has some. Throws Node's TypeError for what cannot be one. */
export function toBuffer(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
  try {
    if (typeof value !== 'number' && typeof value !== 'function') return Buffer.from(value as string);
  } catch {
    // Node says it in other words than the package.
  }
  const message =
    'The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object.' +
    received(value);
  throw Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
}

/** Returns the end of such a message: what came instead. */
export function received(value: unknown): string {
  if (value === undefined || value === null) return ` Received ${String(value)}`;
  if (typeof value === 'function') return ` Received function ${value.name}`;
  if (typeof value === 'object') {
    const name = (value as { constructor?: { name?: string } }).constructor?.name;
    return name ? ` Received an instance of ${name}` : ' Received [Object: null prototype]';
  }
  const shown = typeof value === 'string' ? `'${value}'` : `${String(value)}${typeof value === 'bigint' ? 'n' : ''}`;
  return ` Received type ${typeof value} (${shown.length > 28 ? `${shown.slice(0, 25)}...` : shown})`;
}
