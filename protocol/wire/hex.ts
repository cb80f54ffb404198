/** Converts bytes to and from hexadecimal text, the form in which a trace holds them. */

/** Returns bytes as lower-case hexadecimal text. */
export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** Returns the value of a hexadecimal digit, given its character code; -1 for anything else. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

const noHex = (hex: string): SyntaxError =>
  new SyntaxError(`Cannot read bytes: "${hex.slice(0, 20)}" is not pairs of hexadecimal digits`);

/** Returns the bytes of hexadecimal text, which may contain spaces. Throws a SyntaxError for anything else. */
export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length >> 1);
  let [length, high] = [0, -1];
  for (let i = 0; i < hex.length; i++) {
    const digit = digitOf(hex.charCodeAt(i));
    if (digit >= 0 && high >= 0) {
      bytes[length++] = high * 16 + digit;
      high = -1;
    } else if (digit >= 0) high = digit;
    else if (!/\s/.test(hex.charAt(i))) throw noHex(hex);
  }
  if (high >= 0) throw noHex(hex);
  return length === bytes.length ? bytes : bytes.slice(0, length);
}
