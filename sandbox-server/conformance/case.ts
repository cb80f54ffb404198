/** Defines what a case of the conformance suite is: facts about RFC 6455, as data. */
import { encodeFrame, type FrameFields, Opcode } from '../../protocol/wire/frame.ts';
import type { Options } from '../options.ts';
import type { TestData } from './test-data.ts';

/** How bytes are cut into writes: all at once, one frame at a time, or this many bytes at a time. */
export type Chop = 'whole' | 'frames' | number;

/** A single frame that must come back with these bytes. A server never masks its frames (RFC 6455 §5.1). */
export interface ExpectedFrame {
  opcode: number;
  payload: Uint8Array;
}

/** A turn of the client: it sends frames, or waits until the server has sent the frames that are due. */
export type Step = { send: readonly Uint8Array[]; chop: Chop } | { receive: readonly ExpectedFrame[] };

/** How the connection must end. The server always ends TCP first (RFC 6455 §7.1.1), and sends nothing after its Close. */
export type Ending =
  /** The client closes with 1000 after the last step; the server answers with 1000. */
  | { by: 'client' }
  /** The client sent a Close in one of the steps; the server answers with this code, or without one if undefined. */
  | { by: 'sent close'; code: number | undefined }
  /** The server fails the connection with one of these codes (RFC 6455 §7.1.7). */
  | { by: 'server'; codes: readonly number[] }
  /** The server closes because of its own policy, perhaps after more echoes, and the client answers. */
  | { by: 'policy'; codes: readonly number[] };

/** The preset of options that the server runs with. */
export type Profile = Options['profile'];

/** A case on an open connection to `/echo`. */
export interface FrameCase {
  id: string;
  /** Section of RFC 6455. */
  section: string;
  /** What the client does, and what must happen then. */
  title: string;
  profile: Profile;
  steps: readonly Step[];
  ending: Ending;
}

/** A case of the opening handshake. */
export interface HandshakeCase {
  id: string;
  section: string;
  title: string;
  /** The request, as it goes out. */
  request: string;
  chop: Chop;
  /** Status of the answer. */
  status: number;
  /** Fields of the answer by lower-case name: the value that each must have, or undefined if it must be absent. */
  fields: Readonly<Record<string, string | undefined>>;
}

/** A case of compression (RFC 7692). Its messages must come back one after another, on each address that compresses. */
export interface DeflateCase {
  id: string;
  /** Section of RFC 7692. */
  section: string;
  title: string;
  /** The client's `Sec-WebSocket-Extensions`. */
  offers: string;
  data: TestData;
  /** Length of each message: in characters for text, in bytes otherwise. */
  length: number;
  /** Bytes of compressed payload in each frame; 0 for one frame per message. */
  fragment: number;
}

export type Case = FrameCase | HandshakeCase | DeflateCase;

/** Returns the server options that a case needs. An unfinished request gets a short timeout, so that the suite need not wait. */
export function optionsFor(one: Case): Partial<Options> {
  if ('profile' in one) return { profile: one.profile };
  return 'status' in one && one.status === 408 ? { profile: 'lifted', handshakeTimeout: 0.5 } : { profile: 'lifted' };
}

export const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
const encoder = new TextEncoder();

/** Returns text as UTF-8, and bytes as they are. */
export const bytesOf = (data: string | Uint8Array): Uint8Array => (typeof data === 'string' ? encoder.encode(data) : data);

type Data = string | Uint8Array;
type Bits = Omit<FrameFields, 'opcode' | 'payload'>;

/** Returns a client's frame, masked unless `bits` says otherwise. */
export const frame = (opcode: number, data: Data = '', bits: Bits = {}): Uint8Array =>
  encodeFrame({ maskingKey: key, ...bits, opcode, payload: bytesOf(data) });

export const text = (data: Data = '', bits: Bits = {}): Uint8Array => frame(Opcode.text, data, bits);
export const binary = (data: Data = '', bits: Bits = {}): Uint8Array => frame(Opcode.binary, data, bits);
export const more = (data: Data = '', bits: Bits = {}): Uint8Array => frame(Opcode.continuation, data, bits);
export const ping = (data: Data = '', bits: Bits = {}): Uint8Array => frame(Opcode.ping, data, bits);
export const pong = (data: Data = '', bits: Bits = {}): Uint8Array => frame(Opcode.pong, data, bits);

/** Returns the body of a Close frame. */
export function closeBody(code: number, reason: Data = ''): Uint8Array {
  const rest = bytesOf(reason);
  const body = new Uint8Array(2 + rest.length);
  body.set([code >> 8, code & 0xff]);
  body.set(rest, 2);
  return body;
}

export const close = (code: number, reason: Data = ''): Uint8Array => frame(Opcode.close, closeBody(code, reason));

/** Frames that must come back. */
export const gotText = (data: Data): ExpectedFrame => ({ opcode: Opcode.text, payload: bytesOf(data) });
export const gotBinary = (data: Data): ExpectedFrame => ({ opcode: Opcode.binary, payload: bytesOf(data) });
export const gotPong = (data: Data): ExpectedFrame => ({ opcode: Opcode.pong, payload: bytesOf(data) });

export const send = (frames: readonly Uint8Array[], chop: Chop = 'whole'): Step => ({ send: frames, chop });
export const receive = (...frames: ExpectedFrame[]): Step => ({ receive: frames });

export const clientCloses: Ending = { by: 'client' };
export const answered = (code: number | undefined): Ending => ({ by: 'sent close', code });
export const failsWith = (...codes: number[]): Ending => ({ by: 'server', codes });

/** A case before it has a number. */
export type Unnumbered = Omit<FrameCase, 'id' | 'section' | 'profile'> & { profile?: Profile };

/** Numbers the cases of a family: `1.2` gives 1.2.1, 1.2.2 … */
export const family = (id: string, section: string, cases: readonly Unnumbered[]): FrameCase[] =>
  cases.map((one, i) => ({ profile: 'lifted', ...one, id: `${id}.${i + 1}`, section }));

/** Returns the chop in words, for a title. */
export const chopped = (chop: Chop): string =>
  chop === 'whole'
    ? 'in one write'
    : chop === 'frames'
      ? 'a frame a write'
      : chop === 1
        ? 'a byte a write'
        : `${chop} bytes a write`;

/** Returns this many bytes, which count from 0 to 255 again and again. */
export const filler = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i & 0xff);
