/** Node's `Buffer` for the page: the package `buffer`. The trailing slash names the package, and not the module of Node. */
import { Buffer } from 'buffer/';

export { Buffer };

/** No bytes. */
export const emptyBuffer: Buffer = Buffer.alloc(0);

/** Returns a Buffer on the same memory as these bytes. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}
