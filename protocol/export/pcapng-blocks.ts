/** The blocks of a pcapng file (draft-ietf-opsawg-pcapng), little-endian. */
import { concatBytes } from '../collections/concat-bytes.ts';
import { toUtf8 } from './utf8.ts';

/** An option: its code, and its value as text or bytes. */
export type Option = [code: number, value: string | readonly number[]];

/** Codes of options. Each block type has its own, except for the comment. */
export const OptionCode = { comment: 1, application: 4, interfaceName: 2, interfaceDescription: 3, timeResolution: 9 } as const;

/** Microseconds: times are counted in units of 10^-6 seconds. */
const microseconds = 6;
const ethernet = 1;

/** Returns the file's first block, with remarks about the whole file. */
export function sectionHeader(comment: string, application: string): Uint8Array<ArrayBuffer> {
  const body = [...uint32(0x1a2b3c4d), ...uint16(1), ...uint16(0), ...uint32(0xffffffff), ...uint32(0xffffffff)];
  const options = encodeOptions([
    [OptionCode.comment, comment],
    [OptionCode.application, application],
  ]);
  return block(0x0a0d0d0a, [Uint8Array.from(body), options]);
}

/** Returns an Ethernet interface that captures whole packets, with times in microseconds. */
export function interfaceDescription(name: string, description: string): Uint8Array<ArrayBuffer> {
  const body = [...uint16(ethernet), ...uint16(0), ...uint32(0)];
  const options = encodeOptions([
    [OptionCode.interfaceName, name],
    [OptionCode.interfaceDescription, description],
    [OptionCode.timeResolution, [microseconds]],
  ]);
  return block(1, [Uint8Array.from(body), options]);
}

/** Returns a block that names IPv4 addresses. */
export function nameResolution(names: readonly { ip: readonly number[]; name: string }[]): Uint8Array<ArrayBuffer> {
  const records = names.map(({ ip, name }): Option => [1, [...ip, ...toUtf8(name), 0]]);
  return block(4, [encodeOptions(records)]);
}

/** Returns a packet of the first interface. `time` is microseconds since 1970; `length` is its number of bytes on the wire. */
export function enhancedPacket(time: number, bytes: Uint8Array, length: number, comment?: string): Uint8Array<ArrayBuffer> {
  const high = Math.floor(time / 2 ** 32);
  const head = [...uint32(0), ...uint32(high), ...uint32(time - high * 2 ** 32), ...uint32(bytes.length), ...uint32(length)];
  const options = comment === undefined ? noBytes : encodeOptions([[OptionCode.comment, comment]]);
  return block(6, [Uint8Array.from(head), padded(bytes), options]);
}

const noBytes = new Uint8Array(0);
const uint16 = (value: number): number[] => [value & 0xff, (value >>> 8) & 0xff];
const uint32 = (value: number): number[] => [...uint16(value), ...uint16(value >>> 16)];

function padded(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 4 === 0) return bytes;
  const all = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  all.set(bytes);
  return all;
}

function encodeOptions(options: readonly Option[]): Uint8Array<ArrayBuffer> {
  const parts = options.flatMap(([code, value]) => {
    const bytes = typeof value === 'string' ? toUtf8(value) : Uint8Array.from(value);
    return [Uint8Array.from([...uint16(code), ...uint16(bytes.length)]), padded(bytes)];
  });
  return concatBytes([...parts, new Uint8Array(4)]);
}

function block(type: number, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = Uint8Array.from(uint32(12 + parts.reduce((sum, part) => sum + part.length, 0)));
  return concatBytes([Uint8Array.from(uint32(type)), length, ...parts, length]);
}
