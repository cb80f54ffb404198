import type { WebSocket } from 'ws';

/**
 * The part of the `ws` receiver used here. The version of `ws` is pinned; `site/verdict-of-server.server.test.ts` notices if it
 * changes.
 */
interface Receiver {
  _loop: boolean;
  _buffers: Buffer[];
  _bufferedBytes: number;
  consume(bytes: number): Buffer;
  getPayloadLength16(done: (error: Error) => void): void;
  getPayloadLength64(done: (error: Error) => void): void;
  createError(kind: typeof Error, message: string, prefix: boolean, closeCode: number, name: string): Error;
}

/**
 * Holds a client to RFC 6455 §5.2 on lengths: they take the shortest form, and the first of 64 bits is 0. `ws` takes any form,
 * and calls an unlawful number too big (1009).
 */
export function judgeLengths(webSocket: WebSocket): void {
  const receiver = (webSocket as unknown as { _receiver: Receiver })._receiver;
  const strictly = (bytes: 2 | 8, read: Receiver['getPayloadLength16'], fault: (length: bigint) => string | undefined) => {
    return (done: (error: Error) => void): void => {
      if (receiver._bufferedBytes < bytes) {
        receiver._loop = false;
        return;
      }
      const length = receiver.consume(bytes);
      const wrong = fault(BigInt(`0x${length.toString('hex')}`));
      if (wrong !== undefined) {
        done(receiver.createError(RangeError as typeof Error, wrong, true, 1002, 'WS_ERR_INVALID_LENGTH'));
        return;
      }
      receiver._buffers.unshift(length);
      receiver._bufferedBytes += bytes;
      read.call(receiver, done);
    };
  };
  const notShortest = 'the shortest form of the length must be used';
  receiver.getPayloadLength16 = strictly(2, receiver.getPayloadLength16, (length) => (length < 126n ? notShortest : undefined));
  receiver.getPayloadLength64 = strictly(8, receiver.getPayloadLength64, (length) =>
    length >> 63n ? 'the first bit of a 64-bit length must be clear' : length < 0x10000n ? notShortest : undefined,
  );
}
