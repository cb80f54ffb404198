import type { WebSocket } from 'ws';

/** The part of the `ws` receiver used here. The version of `ws` is pinned; the conformance cases 6.4 notice if it changes. */
interface Receiver {
  _opcode: number;
  _fin: boolean;
  _fragments: Buffer[];
  dataMessage(done: (error: Error) => void): void;
  createError(kind: typeof Error, message: string, prefix: boolean, closeCode: number, name: string): Error;
}

/** A text message that has arrived in part. */
interface Begun {
  decoder: TextDecoder;
  judged: number;
}

/**
 * Checks text as each fragment arrives: RFC 6455 §8.1 fails a connection once text is found not to be UTF-8, but `ws` looks
 * only when the last fragment is there.
 */
export function judgeTextEarly(webSocket: WebSocket): void {
  const receiver = (webSocket as unknown as { _receiver: Receiver })._receiver;
  const { dataMessage } = receiver;
  let begun: Begun | undefined;

  receiver.dataMessage = (done) => {
    if (receiver._fin || receiver._opcode !== 1) {
      if (receiver._fin) begun = undefined;
      dataMessage.call(receiver, done);
      return;
    }
    begun ??= { decoder: new TextDecoder('utf-8', { fatal: true }), judged: 0 };
    try {
      while (begun.judged < receiver._fragments.length) {
        begun.decoder.decode(receiver._fragments[begun.judged++], { stream: true });
      }
      dataMessage.call(receiver, done);
    } catch {
      done(receiver.createError(Error, 'invalid UTF-8 sequence', true, 1007, 'WS_ERR_INVALID_UTF8'));
    }
  };
}
