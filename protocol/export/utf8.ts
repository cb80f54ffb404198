/** UTF-8 in plain language features: these files also run where the type library has no TextEncoder. */

/** Returns text as UTF-8; a lone surrogate becomes U+FFFD. */
export function toUtf8(text: string): Uint8Array<ArrayBuffer> {
  const escaped = encodeURIComponent(text.toWellFormed());
  const bytes: number[] = [];
  for (let i = 0; i < escaped.length; i++) {
    if (escaped.charAt(i) !== '%') bytes.push(escaped.charCodeAt(i));
    else bytes.push(Number.parseInt(escaped.slice(i + 1, (i += 2) + 1), 16));
  }
  return Uint8Array.from(bytes);
}

/** Returns bytes as text, or undefined if they are not UTF-8 (RFC 3629). */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  let escaped = '';
  for (const byte of bytes) {
    const isPlain = byte < 0x80 && byte !== 0x25;
    escaped += isPlain ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`;
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}

/** Returns bytes as text, one character each: for HTTP heads (RFC 9110 §5.5). */
export function fromLatin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
