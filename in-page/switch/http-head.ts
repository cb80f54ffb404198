const cr = 0x0d;
const lf = 0x0a;

/** Returns the length of the HTTP head that bytes begin with, its empty line included (RFC 9112 §2.1); -1 if it is not whole. */
export function headLength(bytes: Uint8Array): number {
  for (let i = 3; i < bytes.length; i++) {
    if (bytes[i] === lf && bytes[i - 1] === cr && bytes[i - 2] === lf && bytes[i - 3] === cr) return i + 1;
  }
  return -1;
}
