/** Writes frames to a socket, as the `ws` library does: in the order of the calls, also where a Blob must be read first. */
import { encodeFrame, Opcode } from '../../../protocol/wire/frame.ts';
import { Buffer, bufferOf, emptyBuffer } from '../../node/buffer.ts';
import type { NetSocket } from '../../node/net/net-socket.ts';
import { toBuffer } from '../../node/to-buffer.ts';
import type { GenerateMask } from '../constants.ts';
import { isBlob, isValidStatusCode } from './validation.ts';

export type SendDone = (error?: Error | null) => void;

export interface SenderParts {
  socket: NetSocket;
  generateMask: GenerateMask;
  tick: (callback: () => void) => void;
  hold: <Value>(work: Promise<Value>) => Promise<Value>;
  /** Takes the error of a Blob that could not be read. */
  onError: (error: Error) => void;
}

interface FrameToSend {
  opcode: number;
  fin: boolean;
  isMasked: boolean;
  data: Buffer | Blob;
  done: SendDone | undefined;
}

const sizeOf = (data: Buffer | Blob): number => (isBlob(data) ? data.size : data.length);
const asData = (data: unknown): Buffer | Blob => (isBlob(data) ? data : toBuffer(data));

export class Sender {
  /** Bytes that wait here, or that were given after the close. */
  bufferedBytes = 0;
  readonly #parts: SenderParts;
  readonly #queue: FrameToSend[] = [];
  #isReading = false;
  #isFirstFragment = true;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Sends a Close frame. Throws for a code or a reason that cannot be in one. */
  close(code: number | undefined, reason: string | Uint8Array | undefined, isMasked: boolean, done: SendDone): void {
    this.#enqueue({ opcode: Opcode.close, fin: true, isMasked, data: closePayload(code, reason), done });
  }

  /** Sends a Ping or a Pong. Throws for more than 125 bytes. */
  control(opcode: number, given: unknown, isMasked: boolean, done: SendDone | undefined): void {
    const data = asData(given);
    if (sizeOf(data) > 125) throw new RangeError('The data size must not be greater than 125 bytes');
    this.#enqueue({ opcode, fin: true, isMasked, data, done });
  }

  /** Sends a message, or a fragment of one. */
  send(given: unknown, options: { binary: boolean; fin: boolean; mask: boolean }, done: SendDone | undefined): void {
    const data = asData(given);
    const opcode = this.#isFirstFragment ? (options.binary ? Opcode.binary : Opcode.text) : Opcode.continuation;
    this.#isFirstFragment = options.fin;
    this.#enqueue({ opcode, fin: options.fin, isMasked: options.mask, data, done });
  }

  #enqueue(frame: FrameToSend): void {
    if (!this.#isReading) {
      this.#start(frame);
      return;
    }
    this.bufferedBytes += sizeOf(frame.data);
    this.#queue.push(frame);
  }

  #start(frame: FrameToSend): void {
    if (isBlob(frame.data)) this.#read(frame, frame.data);
    else this.#write(frame, frame.data);
  }

  #read(frame: FrameToSend, blob: Blob): void {
    const { socket, tick, hold } = this.#parts;
    this.bufferedBytes += blob.size;
    this.#isReading = true;
    hold(blob.arrayBuffer()).then(
      (bytes) => {
        if (socket.destroyed) {
          tick(() => this.#giveUp(new Error('The socket was closed while the blob was being read'), frame.done));
          return;
        }
        this.bufferedBytes -= blob.size;
        this.#isReading = false;
        this.#write(frame, Buffer.from(bytes));
        this.#dequeue();
      },
      (error: unknown) =>
        tick(() => {
          this.#giveUp(error as Error, frame.done);
          this.#parts.onError(error as Error);
        }),
    );
  }

  #dequeue(): void {
    while (!this.#isReading) {
      const frame = this.#queue.shift();
      if (!frame) return;
      this.bufferedBytes -= sizeOf(frame.data);
      this.#start(frame);
    }
  }

  #write({ opcode, fin, isMasked, done }: FrameToSend, payload: Buffer): void {
    let maskingKey: Buffer | undefined;
    if (isMasked) {
      maskingKey = Buffer.alloc(4);
      this.#parts.generateMask(maskingKey);
    }
    const bytes = encodeFrame({ opcode, fin, payload, maskingKey });
    if (done) this.#parts.socket.write(bufferOf(bytes), (error) => done(error));
    else this.#parts.socket.write(bufferOf(bytes));
  }

  /** Calls back all that waits with an error. */
  #giveUp(error: Error, done: SendDone | undefined): void {
    done?.(error);
    for (const frame of this.#queue) frame.done?.(error);
  }
}

/** Returns the payload of a Close frame (RFC 6455 §5.5.1). Throws for a code or a reason that cannot be in one. */
export function closePayload(code: number | undefined, reason: string | Uint8Array | undefined): Buffer {
  if (code === undefined) return emptyBuffer;
  if (typeof code !== 'number' || !isValidStatusCode(code)) {
    throw new TypeError('First argument must be a valid error code number');
  }
  if (reason === undefined || !reason.length) return Buffer.from([code >> 8, code & 0xff]);
  const bytes = toBuffer(reason);
  if (bytes.length > 123) throw new RangeError('The message must not be greater than 123 bytes');
  if (typeof reason !== 'string' && !(reason instanceof Uint8Array)) {
    throw new TypeError('Second argument must be a string or a Uint8Array');
  }
  return Buffer.concat([Buffer.from([code >> 8, code & 0xff]), bytes]);
}
