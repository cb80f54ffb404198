/** Finds frames and messages in what an end receives, and judges them as the `ws` library does: each byte as soon as it is there. */
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import { extendedLengthBytes, type FrameHeader, isControl, mask, Opcode, parseHeader } from '../../../protocol/wire/frame.ts';
import { Buffer, bufferOf, emptyBuffer } from '../../node/buffer.ts';
import type { BinaryType, EndOptions } from '../constants.ts';
import {
  badCloseCode,
  faultInStart,
  lengthUnsafe,
  notUTF8,
  type ReceiverError,
  tooLong,
  tooManyFragments,
} from './frame-fault.ts';
import { isValidStatusCode, isValidUTF8 } from './validation.ts';

/** A message as the program gets it, by the `binaryType`. Text is a Buffer. */
export type RawData = Buffer | ArrayBuffer | Buffer[] | Blob;

/** What a receiver tells its WebSocket. */
export interface ReceiverListener {
  message: (data: RawData, isBinary: boolean) => void;
  ping: (data: Buffer) => void;
  pong: (data: Buffer) => void;
  /** A Close frame has come, and nothing is read after it. */
  conclude: (code: number, reason: Buffer) => void;
  error: (error: ReceiverError) => void;
}

export interface ReceiverParts extends Pick<
  EndOptions,
  'allowSynchronousEvents' | 'maxFragments' | 'maxPayload' | 'skipUTF8Validation'
> {
  isServer: boolean;
  binaryType: BinaryType;
  tick: (callback: () => void) => void;
  /** Calls back in a later task, as `setImmediate` does. */
  immediate: (callback: () => void) => void;
}

const longestHeader = 14;

export class Receiver {
  binaryType: BinaryType;
  /** True once all was read up to the end, and this was told. */
  isFinished = false;
  hasFailed = false;
  readonly #parts: ReceiverParts;
  readonly #tell: ReceiverListener;
  #pending: Uint8Array = emptyBuffer;
  /** Of the frame whose first bytes were judged. */
  #isStartJudged = false;
  #isLengthJudged = false;
  /** The opcode of the message whose first frames have come; 0 for none. */
  #fragmented = 0;
  #fragments: Buffer[] = [];
  #fragmentCount = 0;
  #messageLength = 0;
  #isDeferred = false;
  /** Stays true once a listener has thrown: the library reads nothing more then, and never says that it is over. */
  #isReading = false;
  #isStopped = false;
  #hasEnded = false;
  #onFinish: (() => void) | undefined;

  constructor(parts: ReceiverParts, listener: ReceiverListener) {
    this.#parts = parts;
    this.#tell = listener;
    this.binaryType = parts.binaryType;
  }

  write(bytes: Uint8Array): void {
    if (this.#isStopped || this.#hasEnded) return;
    this.#pending = this.#pending.length > 0 ? concatBytes([this.#pending, bytes]) : bytes;
    this.#loop();
  }

  /** Says that nothing comes any more. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#finishIfIdle();
  }

  /** Calls back once all that came was read, or an error was told. */
  whenOver(callback: () => void): void {
    if (this.isFinished || this.hasFailed) callback();
    else this.#onFinish = callback;
  }

  #loop(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    while (!this.#isStopped && !this.#isDeferred && this.#readFrame());
    this.#isReading = false;
    this.#finishIfIdle();
  }

  #finishIfIdle(): void {
    if (!this.#hasEnded || this.#isDeferred || this.#isReading || this.hasFailed) return;
    this.#parts.tick(() => {
      if (this.isFinished) return;
      this.isFinished = true;
      this.#onFinish?.();
    });
  }

  /** Reads the next frame. Returns false if it is not whole, or is not to be read. */
  #readFrame(): boolean {
    const [first, second] = this.#pending;
    if (first === undefined || second === undefined) return false;
    const { isServer } = this.#parts;
    if (!this.#isStartJudged) {
      const fault = faultInStart(first, second, { isServer, fragmented: this.#fragmented });
      if (fault) return this.#fail(fault);
      this.#isStartJudged = true;
    }
    const header = this.#headerSoFar(second);
    if (!header) return false;
    if (!this.#isLengthJudged) {
      const fault = this.#faultInLength(header);
      if (fault) return this.#fail(fault);
      this.#isLengthJudged = true;
    }
    const end = header.headerLength + header.length;
    if (this.#pending.length < end) return false;
    const payload = this.#pending.subarray(header.headerLength, end);
    this.#pending = this.#pending.subarray(end);
    this.#isStartJudged = this.#isLengthJudged = false;
    this.#take(header, bufferOf(header.maskingKey ? mask(payload, header.maskingKey) : payload));
    return true;
  }

  /** Returns the header once its length is there; the masking key may not have come yet. */
  #headerSoFar(second: number): FrameHeader | undefined {
    if (this.#pending.length < 2 + extendedLengthBytes(second)) return undefined;
    const bytes = new Uint8Array(longestHeader);
    bytes.set(this.#pending.subarray(0, longestHeader));
    return parseHeader(bytes);
  }

  #faultInLength({ length, opcode }: FrameHeader): ReceiverError | undefined {
    if (length === Infinity) return lengthUnsafe();
    if (isControl(opcode)) return undefined;
    this.#messageLength += length;
    const { maxPayload } = this.#parts;
    return maxPayload > 0 && this.#messageLength > maxPayload ? tooLong() : undefined;
  }

  #take({ opcode, fin }: FrameHeader, payload: Buffer): void {
    if (opcode === Opcode.close) this.#takeClose(payload);
    else if (opcode === Opcode.ping) this.#event(() => this.#tell.ping(payload));
    else if (opcode === Opcode.pong) this.#event(() => this.#tell.pong(payload));
    else this.#takeData(opcode, fin, payload);
  }

  #takeData(opcode: number, fin: boolean, payload: Buffer): void {
    const { maxFragments } = this.#parts;
    this.#fragmentCount++;
    if (maxFragments > 0 && this.#fragmentCount > maxFragments) {
      this.#fail(tooManyFragments());
      return;
    }
    if (payload.length > 0) this.#fragments.push(payload);
    this.#fragmented ||= opcode;
    if (fin) this.#takeMessage();
  }

  #takeMessage(): void {
    const isBinary = this.#fragmented === Opcode.binary;
    const fragments = this.#fragments;
    this.#fragments = [];
    this.#fragmented = this.#fragmentCount = this.#messageLength = 0;
    const data = isBinary ? this.#shape(fragments) : joined(fragments);
    if (!isBinary && !this.#parts.skipUTF8Validation && !isValidUTF8(data as Buffer)) this.#fail(notUTF8());
    else this.#event(() => this.#tell.message(data, isBinary));
  }

  #shape(fragments: Buffer[]): RawData {
    if (this.binaryType === 'fragments') return fragments;
    if (this.binaryType === 'blob') return new Blob(fragments as Uint8Array<ArrayBuffer>[]);
    const bytes = joined(fragments);
    if (this.binaryType === 'nodebuffer') return bytes;
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  }

  #takeClose(payload: Buffer): void {
    if (payload.length > 0) {
      const code = payload.readUInt16BE(0);
      if (!isValidStatusCode(code)) {
        this.#fail(badCloseCode(code));
        return;
      }
      if (!this.#parts.skipUTF8Validation && !isValidUTF8(payload.subarray(2))) {
        this.#fail(notUTF8());
        return;
      }
    }
    this.#isStopped = true;
    this.#tell.conclude(payload.length > 0 ? payload.readUInt16BE(0) : 1005, payload.subarray(2));
    this.end();
  }

  /** Tells of something now; or, where the program wants one event a task, later, and reads no further until then. */
  #event(tell: () => void): void {
    if (this.#parts.allowSynchronousEvents) {
      tell();
      return;
    }
    this.#isDeferred = true;
    this.#parts.immediate(() => {
      tell();
      this.#isDeferred = false;
      this.#loop();
    });
  }

  #fail(error: ReceiverError): false {
    this.#isStopped = true;
    this.#parts.tick(() => {
      this.hasFailed = true;
      this.#tell.error(error);
      this.#onFinish?.();
    });
    return false;
  }
}

/** Returns fragments as one Buffer, on the same memory if there is only one. */
function joined(fragments: Buffer[]): Buffer {
  const [only] = fragments;
  return fragments.length === 1 && only ? only : Buffer.concat(fragments);
}
