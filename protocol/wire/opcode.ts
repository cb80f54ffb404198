/** Opcodes, RFC 6455 §5.2 and §11.8. */
export const Opcode = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const;

/** Returns the opcode's name in the field's own terms; "reserved 0x3" for one that RFC 6455 leaves undefined. */
export function opcodeName(opcode: number): string {
  for (const [name, value] of Object.entries(Opcode)) if (value === opcode) return name;
  return `reserved 0x${opcode.toString(16)}`;
}

/** Returns true for close, ping, pong and the reserved control opcodes, which have the highest bit set (RFC 6455 §5.5). */
export function isControl(opcode: number): boolean {
  return (opcode & 0x8) !== 0;
}
