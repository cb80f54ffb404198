import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FaultBoundary } from '../fault-boundary.ts';
import { RequestBytes, startOf } from './request-bytes.ts';

/** How many bytes of a connection to keep until an upgrade: more than Node allows a request's head. */
const mostKept = 65_536;

interface Recording {
  chunks: Buffer[];
  /** The request whose body is still coming. */
  following: RequestBytes | undefined;
  listener: (chunk: Buffer) => void;
}

/**
 * Captures the opening handshake's request as it came on the socket. Node's HTTP parser gives its parts, not its bytes, so this
 * listens to each new connection beside the parser, until it upgrades or closes.
 */
export class HandshakeBytes {
  readonly #recordings = new WeakMap<Duplex, Recording>();
  readonly #faults: FaultBoundary;

  constructor(faults: FaultBoundary) {
    this.#faults = faults;
  }

  /** Begins to listen; call it on the HTTP server's `connection` event. */
  observe(socket: Duplex): void {
    if (this.#recordings.has(socket)) return;
    const chunks: Buffer[] = [];
    const keep = (came: Buffer): void => {
      const chunk = recording.following?.add(came) ?? came;
      if (chunk.length === 0) return;
      recording.following = undefined;
      chunks.push(chunk);
      const kept = chunks.reduce((sum, { length }) => sum + length, 0);
      if (kept - (chunks[0] as Buffer).length >= mostKept) chunks.shift();
    };
    const end = (): void => void socket.destroy();
    const listener = (came: Buffer): void => this.#faults.run(() => keep(came), end);
    const recording: Recording = { chunks, following: undefined, listener };
    this.#recordings.set(socket, recording);
    // Listen first: the parser's own listener emits `upgrade` while it handles the very chunk that holds the request.
    socket.prependListener('data', listener);
  }

  /** Call it when a request that does not upgrade has come: only the last chunk can hold the beginning of another. */
  requested(socket: Duplex): void {
    const recording = this.#recordings.get(socket);
    recording?.chunks.splice(0, recording.chunks.length - 1);
  }

  /** Returns the bytes of a request that does not upgrade, its body as it comes; undefined if the connection was not observed. */
  follow(request: IncomingMessage): RequestBytes | undefined {
    const recording = this.#recordings.get(request.socket);
    const all = Buffer.concat(recording?.chunks.splice(0) ?? []);
    const start = startOf(all, request);
    if (!recording || start < 0) return undefined;
    const bytes = new RequestBytes(request);
    const behind = bytes.add(all.subarray(start));
    if (!bytes.whole) recording.following = bytes;
    // Another request may already stand behind it (RFC 9112 §9.3.2).
    else if (behind.length > 0) recording.chunks.push(behind);
    return bytes;
  }

  /** Stops listening. Returns the request's bytes, or undefined if the connection was not observed from its start. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer): Buffer | undefined {
    const recording = this.#recordings.get(socket);
    if (!recording) return undefined;
    this.#recordings.delete(socket);
    socket.removeListener('data', recording.listener);
    const all = Buffer.concat(recording.chunks);
    return lastRequest(all.subarray(0, all.length - head.length), request);
  }
}

/**
 * Returns the bytes of `request` from the end of what came on a connection; earlier requests may stand before it. A line of a
 * body or a header may look like the start, so the number of lines has to match too.
 */
function lastRequest(all: Buffer, { method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer | undefined {
  const startLine = `${method ?? ''} ${url ?? ''} HTTP/${httpVersion}\r\n`;
  for (
    let at = all.lastIndexOf(startLine, undefined, 'latin1');
    at >= 0;
    at = at > 0 ? all.lastIndexOf(startLine, at - 1, 'latin1') : -1
  ) {
    const bytes = all.subarray(at);
    if (bytes.toString('latin1').split('\r\n').length - 3 === rawHeaders.length / 2) return bytes;
  }
  return undefined;
}
