/** Node's `http.IncomingMessage`: a request as the server has it, or a response as a client has it. */
import type { HttpHead } from '../../../protocol/wire/handshake.ts';
import type { NetSocket } from '../net/net-socket.ts';
import { type NodeParts, ticker } from '../node-parts.ts';
import { ReadableBytes } from '../readable-bytes.ts';
import { type Headers, headersOf, rawHeaders } from './headers.ts';

export class IncomingMessage extends ReadableBytes {
  readonly socket: NetSocket;
  readonly httpVersion: string;
  readonly httpVersionMajor: number;
  readonly httpVersionMinor: number;
  readonly headers: Headers;
  readonly rawHeaders: string[];
  /** Of a request. */
  method: string | undefined;
  /** Of a request: its target, such as `/chat?room=1`. */
  url = '';
  /** Of a response. */
  statusCode: number | undefined;
  statusMessage: string | undefined;
  /** True once the body is whole. */
  complete = false;

  constructor({ startLine, fields }: HttpHead, socket: NetSocket, parts: NodeParts) {
    super(ticker(parts));
    this.socket = socket;
    const response = /^HTTP\/(\d)\.(\d) (\d{3}) ?(.*)$/.exec(startLine);
    const request = /^(\S+) (\S+) HTTP\/(\d)\.(\d)$/.exec(startLine);
    const [major, minor] = response ? response.slice(1) : (request?.slice(3) ?? []);
    this.httpVersionMajor = Number(major ?? 1);
    this.httpVersionMinor = Number(minor ?? 1);
    this.httpVersion = `${this.httpVersionMajor}.${this.httpVersionMinor}`;
    this.headers = headersOf(fields);
    this.rawHeaders = rawHeaders(fields);
    if (response) {
      this.statusCode = Number(response[3]);
      this.statusMessage = response[4];
    } else {
      this.method = request?.[1];
      this.url = request?.[2] ?? '';
    }
  }

  /** The older name of `socket`. */
  get connection(): NetSocket {
    return this.socket;
  }

  destroy(error?: Error): this {
    this.destroyed = true;
    this.socket.destroy(error);
    return this;
  }

  /** Adds what has come of the body. */
  addBody(data: readonly Uint8Array[], isWhole: boolean): void {
    for (const bytes of data) this.push(bytes);
    if (!isWhole) return;
    this.complete = true;
    this.pushEnd();
  }
}
