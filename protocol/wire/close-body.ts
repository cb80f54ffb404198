/**
 * Reads the body of a Close frame that breaks no rule: code, then reason (RFC 6455 §5.5.1). Returns 1005 for an empty one (§7.1.5).
 * A byte order mark is text as any other.
 */
export function readCloseBody(body: Uint8Array): { code: number; reason: string } {
  if (body.length < 2) return { code: 1005, reason: '' };
  const code = ((body[0] as number) << 8) | (body[1] as number);
  return { code, reason: new TextDecoder('utf-8', { ignoreBOM: true }).decode(body.subarray(2)) };
}
