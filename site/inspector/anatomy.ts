/** A captured frame taken apart, field by field (RFC 6455 §5.2). Reads what is there; judges nothing. */
import { Opcode, isControl, mask, opcodeName } from '../../protocol/frame.ts';
import type { CapturedFrame } from '../../protocol/trace.ts';
import { fromHex } from '../../protocol/trace.ts';

/** A field of the header: its name in RFC 6455 §5.2, its bits as text, and what they say. */
export interface Field {
  name: string;
  bits: string;
  means: string;
}

/** A frame, taken apart. */
export interface Anatomy {
  opcode: string;
  /** The bits of the first two bytes, field by field; fewer where fewer bytes were kept. */
  fields: Field[];
  header: Uint8Array;
  maskingKey: Uint8Array | undefined;
  /** Which of the three forms of the length: 7, 16 or 64 bits. */
  lengthBits: 7 | 16 | 64;
  length: number;
  /** Payload bytes as on the wire, as many as were kept. */
  payload: Uint8Array;
  /** The same, unmasked. */
  unmasked: Uint8Array;
  /** Of a close frame with a body. */
  close: { code: number; reason: string } | undefined;
}

const bit = (value: boolean): string => (value ? '1' : '0');
const binary = (value: number, digits: number): string => value.toString(2).padStart(digits, '0');

/** Takes a captured frame apart. */
export function anatomyOf(captured: CapturedFrame): Anatomy {
  const bytes = fromHex(captured.bytes);
  const { fin, rsv, opcode, masked, length } = captured;
  const short = (bytes[1] ?? 0) & 0x7f;
  const lengthBits = short === 126 ? 16 : short === 127 ? 64 : 7;
  const headerLength = 2 + (lengthBits === 7 ? 0 : lengthBits / 8) + (masked ? 4 : 0);
  const header = bytes.subarray(0, headerLength);
  const payload = bytes.subarray(headerLength);
  const maskingKey = masked ? header.subarray(-4) : undefined;
  const unmasked = maskingKey ? mask(payload, maskingKey) : payload;
  return {
    opcode: opcodeName(opcode),
    fields: [
      { name: 'FIN', bits: bit(fin), means: fin ? 'last frame of its message' : 'more frames of this message follow' },
      ...([1, 2, 3] as const).map((n) => {
        const isSet = (rsv & (8 >> n)) !== 0;
        return { name: `RSV${n}`, bits: bit(isSet), means: rsvMeaning(n, isSet) };
      }),
      { name: 'opcode', bits: binary(opcode, 4), means: `0x${opcode.toString(16)}: ${opcodeName(opcode)}` },
      {
        name: 'MASK',
        bits: bit(masked),
        means: masked ? 'payload is masked, as from a client' : 'payload is not masked, as from a server',
      },
      { name: 'payload len', bits: binary(short, 7), means: lengthMeaning(short, lengthBits, length) },
    ],
    header,
    maskingKey,
    lengthBits,
    length,
    payload,
    unmasked,
    close: opcode === Opcode.close ? closeOf(unmasked) : undefined,
  };
}

/** True where what a frame carries is to be read as text: text frames, and control frames' bodies. */
export function isText(captured: CapturedFrame): boolean {
  return captured.opcode === Opcode.text || isControl(captured.opcode);
}

function rsvMeaning(n: 1 | 2 | 3, isSet: boolean): string {
  if (!isSet) return 'no extension uses it';
  return n === 1 ? 'set by an extension, such as compression' : 'set by an extension';
}

function lengthMeaning(short: number, lengthBits: number, length: number): string {
  if (lengthBits === 7) return `${length} ${length === 1 ? 'byte' : 'bytes'}, in these 7 bits`;
  return `${short}: the length, ${length} bytes, is in the next ${lengthBits} bits`;
}

function closeOf(body: Uint8Array): Anatomy['close'] {
  if (body.length < 2) return undefined;
  return { code: ((body[0] as number) << 8) | (body[1] as number), reason: new TextDecoder().decode(body.subarray(2)) };
}
