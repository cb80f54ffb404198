/**
 * WebSocket frames: encoding, and parsing from a stream cut anywhere (RFC 6455 §5.2).
 *
 * The parser only observes: it reports what was on the wire, lawful or not, and judges nothing.
 */

export { isControl, Opcode, opcodeName } from './opcode.ts';

/** A frame as it was on the wire. */
export interface Frame {
  fin: boolean;
  rsv1: boolean;
  rsv2: boolean;
  rsv3: boolean;
  /** 0 to 15. */
  opcode: number;
  /** The 4 bytes of the masking key; undefined if the MASK bit is 0. */
  maskingKey: Uint8Array | undefined;
  /** Payload length in bytes, as announced by the header. */
  length: number;
  /** Header length in bytes, including the masking key: 2 to 14. */
  headerLength: number;
  /** Payload, unmasked. Shorter than `length` only if the parser's `keepBytes` cut it. */
  payload: Uint8Array;
  /** Header and payload exactly as on the wire, cut like `payload`. */
  bytes: Uint8Array;
}

/** What `encodeFrame` needs; everything but the opcode has a default. */
export interface FrameFields {
  opcode: number;
  payload?: Uint8Array;
  fin?: boolean;
  rsv1?: boolean;
  rsv2?: boolean;
  rsv3?: boolean;
  /** 4 bytes. A client must mask every frame, and a server must mask none (RFC 6455 §5.1). */
  maskingKey?: Uint8Array | undefined;
}

const noBytes = new Uint8Array(0);

/**
 * XORs `data` with the key, `offset` bytes into the payload, into a new array (RFC 6455 §5.3). Applying it twice restores the
 * data.
 */
export function mask(data: Uint8Array, key: Uint8Array, offset = 0): Uint8Array {
  const masked = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    masked[i] = (data[i] as number) ^ (key[(i + offset) & 3] as number);
  }
  return masked;
}

/**
 * Encodes one frame, with the shortest form of the length (RFC 6455 §5.2).
 * Throws a RangeError for an opcode outside 0-15 or a masking key that is not 4 bytes.
 */
export function encodeFrame(fields: FrameFields): Uint8Array<ArrayBuffer> {
  const { opcode, payload = noBytes, fin = true, maskingKey } = fields;
  if (!Number.isInteger(opcode) || opcode < 0 || opcode > 15) {
    throw new RangeError(`Cannot encode frame: opcode is ${opcode}; it takes 0 to 15`);
  }
  if (maskingKey && maskingKey.length !== 4) {
    throw new RangeError(`Cannot encode frame: masking key has ${maskingKey.length} bytes; it takes 4`);
  }
  const length = payload.length;
  const second = shortestSecondByte(length, maskingKey !== undefined);
  const lengthBytes = extendedLengthBytes(second);
  const headerLength = headerLengthOf(second);
  const bytes = new Uint8Array(headerLength + length);
  const view = new DataView(bytes.buffer);
  const rsv = (fields.rsv1 ? 0x40 : 0) | (fields.rsv2 ? 0x20 : 0) | (fields.rsv3 ? 0x10 : 0);
  bytes[0] = (fin ? 0x80 : 0) | rsv | opcode;
  bytes[1] = second;
  if (lengthBytes === 2) view.setUint16(2, length);
  if (lengthBytes === 8) view.setBigUint64(2, BigInt(length));
  if (maskingKey) bytes.set(maskingKey, headerLength - 4);
  bytes.set(maskingKey ? mask(payload, maskingKey) : payload, headerLength);
  return bytes;
}

/** Returns the number of extended length bytes after a header's second byte: 0, 2 or 8 (RFC 6455 §5.2). */
export function extendedLengthBytes(second: number): 0 | 2 | 8 {
  const short = second & 0x7f;
  return short === 126 ? 2 : short === 127 ? 8 : 0;
}

/** Returns the length in bytes of a header with this second byte: 2, 4 or 10, and 4 more with a masking key (RFC 6455 §5.2). */
export function headerLengthOf(second: number): number {
  return 2 + extendedLengthBytes(second) + (second & 0x80 ? 4 : 0);
}

/** Returns the length in bytes of the shortest header for a payload of `length` bytes, the only lawful one (RFC 6455 §5.2). */
export function shortestHeaderLength(length: number, masked: boolean): number {
  return headerLengthOf(shortestSecondByte(length, masked));
}

/** Returns the second byte of the shortest header: the MASK bit, and the length or its form. */
function shortestSecondByte(length: number, masked: boolean): number {
  return (masked ? 0x80 : 0) | (length < 126 ? length : length < 0x10000 ? 126 : 127);
}

/** The contents of a header. */
export type FrameHeader = Omit<Frame, 'payload' | 'bytes'>;

/** Returns the header's fields once enough bytes have come, otherwise undefined. `length` is Infinity if it exceeds 2^53 - 1. */
export function parseHeader(bytes: Uint8Array): FrameHeader | undefined {
  if (bytes.length < 2) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint8(0);
  const second = view.getUint8(1);
  const masked = (second & 0x80) !== 0;
  const short = second & 0x7f;
  const lengthBytes = extendedLengthBytes(second);
  const headerLength = headerLengthOf(second);
  if (bytes.length < headerLength) return undefined;
  const long = lengthBytes === 8 ? view.getBigUint64(2) : 0n;
  const length =
    lengthBytes === 0
      ? short
      : lengthBytes === 2
        ? view.getUint16(2)
        : long > BigInt(Number.MAX_SAFE_INTEGER)
          ? Infinity
          : Number(long);
  return {
    fin: (first & 0x80) !== 0,
    rsv1: (first & 0x40) !== 0,
    rsv2: (first & 0x20) !== 0,
    rsv3: (first & 0x10) !== 0,
    opcode: first & 0x0f,
    maskingKey: masked ? bytes.slice(headerLength - 4, headerLength) : undefined,
    length,
    headerLength,
  };
}

/** Options of a parser. */
export interface FrameParserOptions {
  /** Payload bytes to keep of each frame; the rest is counted and dropped. By default, all are kept. */
  keepBytes?: number;
}

const longestHeader = 14;

/** Finds the frames in one direction of a connection, however its bytes are cut into chunks. */
export class FrameParser {
  readonly #keepBytes: number;
  readonly #header = new Uint8Array(longestHeader);
  #headerFill = 0;
  #frame: FrameHeader | undefined;
  #kept: Uint8Array = noBytes;
  #payloadSeen = 0;

  constructor({ keepBytes = Infinity }: FrameParserOptions = {}) {
    this.#keepBytes = keepBytes;
  }

  /** True between two frames, when no unfinished frame is held. */
  get idle(): boolean {
    return this.#headerFill === 0;
  }

  /** Takes the next bytes of the stream; returns the frames that they complete, in order. */
  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let at = 0;
    while (at < chunk.length || this.#isComplete()) {
      if (!this.#frame) {
        this.#header[this.#headerFill++] = chunk[at++] as number;
        this.#frame = parseHeader(this.#header.subarray(0, this.#headerFill));
        if (this.#frame) this.#kept = new Uint8Array(Math.min(this.#frame.length, this.#keepBytes, chunk.length - at));
      } else {
        const take = Math.min(chunk.length - at, this.#frame.length - this.#payloadSeen);
        this.#keep(chunk.subarray(at, at + take));
        at += take;
      }
      if (this.#isComplete()) frames.push(this.#finish());
    }
    return frames;
  }

  #isComplete(): boolean {
    return this.#frame !== undefined && this.#payloadSeen === this.#frame.length;
  }

  /** Keeps payload bytes, growing by doubling: an announced length is not trusted until its bytes have come. */
  #keep(part: Uint8Array): void {
    const wanted = Math.min(this.#payloadSeen + part.length, this.#keepBytes);
    if (wanted > this.#kept.length) {
      const most = Math.min((this.#frame as FrameHeader).length, this.#keepBytes);
      const grown = new Uint8Array(Math.min(most, Math.max(wanted, this.#kept.length * 2)));
      grown.set(this.#kept);
      this.#kept = grown;
    }
    if (this.#payloadSeen < wanted) this.#kept.set(part.subarray(0, wanted - this.#payloadSeen), this.#payloadSeen);
    this.#payloadSeen += part.length;
  }

  #finish(): Frame {
    const frame = this.#frame as FrameHeader;
    const onWire = this.#kept.subarray(0, Math.min(this.#payloadSeen, this.#keepBytes));
    const bytes = new Uint8Array(frame.headerLength + onWire.length);
    bytes.set(this.#header.subarray(0, frame.headerLength));
    bytes.set(onWire, frame.headerLength);
    this.#frame = undefined;
    this.#headerFill = 0;
    this.#payloadSeen = 0;
    this.#kept = noBytes;
    return { ...frame, payload: frame.maskingKey ? mask(onWire, frame.maskingKey) : bytes.subarray(frame.headerLength), bytes };
  }
}
