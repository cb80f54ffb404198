/** Takes a frame apart field by field, as RFC 6455 §5.2 draws it. Only reads; judges nothing. */
import {
  extendedLengthBytes,
  headerLengthOf,
  isControl,
  mask,
  Opcode,
  opcodeName,
  parseHeader,
} from '../../../protocol/wire/frame.ts';

/** A field of the frame: its position, its value, and what that means. */
export interface Field {
  /** Its name in RFC 6455 §5.2. */
  name: string;
  /** Its bits, counted from the frame's first: `from` inclusive, `to` exclusive. */
  from: number;
  to: number;
  value: string;
  means: string;
  /** A section of RFC 6455. */
  section: string;
}

/** A frame, taken apart. */
export interface Anatomy {
  fields: Field[];
  /** Bytes of header, as the first two bytes announce: 2 to 14. */
  headerLength: number;
  opcode: number;
  /** Undefined if the frame is not masked, or its key is incomplete. */
  maskingKey: Uint8Array | undefined;
  /** As announced; undefined if the header is incomplete. Infinity above 2^53 - 1. */
  length: number | undefined;
  /** The part of the payload that is there, unmasked. */
  unmasked: Uint8Array;
}

/** Takes a frame's bytes apart, from its first byte; there may be fewer, or more, than the header announces. */
export function anatomyOf(bytes: Uint8Array): Anatomy {
  const [first = 0, second = 0] = bytes;
  const masked = (second & 0x80) !== 0;
  const extended = extendedLengthBytes(second);
  const keyAt = 2 + extended;
  const headerLength = headerLengthOf(second);
  const header = parseHeader(bytes);
  const length = header?.length;
  const onWire = bytes.subarray(headerLength, headerLength + Math.min(length ?? 0, bytes.length));
  const maskingKey = header?.maskingKey;
  const opcode = first & 0x0f;
  const fields: Field[] = [
    { name: 'FIN', from: 0, to: 1, value: bit(first, 7), means: finMeaning(first, opcode), section: '5.2' },
    ...[1, 2, 3].map((n) => rsvField(n, first)),
    { name: 'opcode', from: 4, to: 8, value: `0x${opcode.toString(16)}`, ...opcodeMeaning(opcode) },
    { name: 'MASK', from: 8, to: 9, value: bit(second, 7), means: maskMeaning(masked), section: '5.1' },
    { name: 'payload len', from: 9, to: 16, value: String(second & 0x7f), means: lengthMeaning(extended), section: '5.2' },
  ];
  if (extended > 0) {
    const means = length === undefined ? 'not whole' : `bytes of payload, in the ${8 * extended}-bit form`;
    const value = length === undefined ? '?' : length === Infinity ? 'more than 2^53' : String(length);
    fields.push({ name: 'extended payload length', from: 16, to: 8 * keyAt, value, means, section: '5.2' });
  }
  if (masked) {
    const value = hexOf(bytes.subarray(keyAt, headerLength)) || '?';
    const means = maskingKey ? 'byte i of the payload is XORed with byte i mod 4 of the key' : 'not whole';
    fields.push({ name: 'masking key', from: 8 * keyAt, to: 8 * headerLength, value, means, section: '5.3' });
  }
  if (length !== undefined && length > 0) fields.push(payloadField(headerLength, length, onWire.length, opcode));
  return { fields, headerLength, opcode, maskingKey, length, unmasked: maskingKey ? mask(onWire, maskingKey) : onWire };
}

/** Returns bytes as pairs of hexadecimal digits separated by spaces. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** `1 byte`, `65536 bytes`: without commas, as the fields of the header show a length, so that both read alike. */
export function bytesWords(count: number): string {
  return `${count} ${count === 1 ? 'byte' : 'bytes'}`;
}

const bit = (byte: number, n: number): string => String((byte >> n) & 1);

function finMeaning(first: number, opcode: number): string {
  if ((first & 0x80) === 0) return 'more frames of this message follow';
  return opcode === Opcode.continuation ? 'the last frame of its message' : 'the message ends with this frame';
}

function rsvField(n: number, first: number): Field {
  const isSet = (first & (0x80 >> n)) !== 0;
  // The frame does not show whether an extension was agreed to: the verdict beside it does.
  const means = !isSet ? 'no extension uses it' : n === 1 ? 'for an extension, such as compression' : 'for an extension';
  return { name: `RSV${n}`, from: n, to: n + 1, value: bit(first, 7 - n), means, section: '5.2' };
}

function opcodeMeaning(opcode: number): { means: string; section: string } {
  if (opcode === Opcode.continuation) return { means: 'continuation: goes on with the message begun before', section: '5.4' };
  const sections: Record<number, string> = { 1: '5.6', 2: '5.6', 8: '5.5.1', 9: '5.5.2', 10: '5.5.3' };
  const section = sections[opcode];
  if (!section) return { means: 'reserved', section: '5.2' };
  return { means: `${opcodeName(opcode)}: a ${isControl(opcode) ? 'control' : 'data'} frame`, section };
}

function maskMeaning(masked: boolean): string {
  return masked ? 'payload is masked, as from a client' : 'payload is not masked, as from a server';
}

function lengthMeaning(extended: number): string {
  if (extended === 0) return 'bytes of payload: up to 125 fit in these 7 bits';
  return `the length is in the next ${8 * extended} bits`;
}

function payloadField(headerLength: number, length: number, there: number, opcode: number): Field {
  const means = there < length ? `the first ${there} are here` : 'what the frame carries';
  const section = opcode === Opcode.close ? '5.5.1' : '5.2';
  const to = 8 * (headerLength + there);
  return {
    name: 'payload data',
    from: 8 * headerLength,
    to,
    value: length === Infinity ? '?' : bytesWords(length),
    means,
    section,
  };
}
