/** Does the same as `toHex` (`protocol/trace/trace.ts`), but several times faster on Node for long frames. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
