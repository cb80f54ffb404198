/** Finds where an HTTP/1.1 request starts and ends among the bytes of a connection (RFC 9112 §6). */
import type { IncomingMessage } from 'node:http';

/**
 * Returns where a request starts in the bytes that came, or -1. Other requests may contain its start line too, even at the start
 * of a line; so the number of lines in the head has to match as well.
 */
export function startOf(all: Buffer, { method, url, httpVersion, rawHeaders }: IncomingMessage): number {
  const startLine = `${method ?? ''} ${url ?? ''} HTTP/${httpVersion}\r\n`;
  for (let at = all.indexOf(startLine, 0, 'latin1'); at >= 0; at = all.indexOf(startLine, at + 1, 'latin1')) {
    const end = all.indexOf('\r\n\r\n', at, 'latin1');
    if (end >= 0 && all.subarray(at, end).toString('latin1').split('\r\n').length - 1 === rawHeaders.length / 2) return at;
  }
  return -1;
}

/** Gathers the bytes of a request until it is whole. */
export class RequestBytes {
  readonly #request: IncomingMessage;
  #bytes: Buffer = Buffer.alloc(0);
  #whole = false;

  constructor(request: IncomingMessage) {
    this.#request = request;
  }

  get whole(): boolean {
    return this.#whole;
  }

  /** The bytes of it that have come so far. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Takes the next bytes; returns those behind the request. */
  add(chunk: Buffer): Buffer {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const end = endOf(this.#bytes, this.#request);
    this.#whole = end !== undefined;
    const behind = this.#bytes.subarray(end ?? this.#bytes.length);
    this.#bytes = this.#bytes.subarray(0, end);
    return behind;
  }
}

/** Returns where the request at the start of `bytes` ends, or undefined if it is not whole. */
function endOf(bytes: Buffer, { headers }: IncomingMessage): number | undefined {
  const body = bytes.indexOf('\r\n\r\n') + 4;
  const end =
    headers['transfer-encoding'] === undefined ? body + Number(headers['content-length'] ?? 0) : endOfChunks(bytes, body);
  return end !== undefined && end <= bytes.length ? end : undefined;
}

/** Returns where the chunked body that begins at `start` ends (RFC 9112 §7.1), or undefined if it is not whole. */
function endOfChunks(bytes: Buffer, start: number): number | undefined {
  for (let at = start; ;) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (size === 0 || Number.isNaN(size)) {
      const trailers = bytes.indexOf('\r\n\r\n', line);
      return trailers < 0 ? undefined : trailers + 4;
    }
    at = line + 2 + size + 2;
  }
}
