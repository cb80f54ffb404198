/** Node's `http.ServerResponse`: a response with a Content-Length where its body is known at the end, or in chunks. */
import { Buffer } from '../buffer.ts';
import { EventEmitter } from '../events.ts';
import { codedError } from '../net/system-error.ts';
import { toBytes, type Written } from '../net/net-socket.ts';
import { type NodeParts, ticker } from '../node-parts.ts';
import type { IncomingMessage } from './incoming-message.ts';
import { STATUS_CODES } from './status-codes.ts';

type Value = string | number | readonly string[];
/** Fields as `writeHead` takes them. */
export type FieldsToWrite = Readonly<Record<string, Value | undefined>> | readonly Value[];
type Done = () => void;

const crlf = '\r\n';

export class ServerResponse extends EventEmitter {
  readonly req: IncomingMessage;
  statusCode = 200;
  statusMessage: string | undefined;
  sendDate = true;
  headersSent = false;
  writableEnded = false;
  writableFinished = false;
  readonly #parts: NodeParts;
  readonly #keepsAlive: boolean;
  readonly #fields = new Map<string, [name: string, value: Value]>();
  /** The head, until it goes out with the first bytes of the body. */
  #head = '';
  #isChunked = false;

  constructor(req: IncomingMessage, parts: NodeParts, keepsAlive: boolean) {
    super();
    this.req = req;
    this.#parts = parts;
    this.#keepsAlive = keepsAlive;
  }

  get socket(): IncomingMessage['socket'] {
    return this.req.socket;
  }

  get connection(): IncomingMessage['socket'] {
    return this.req.socket;
  }

  /** The older name of `writableEnded`. */
  get finished(): boolean {
    return this.writableEnded;
  }

  /** True where the connection takes another request after this response. */
  get keepsAlive(): boolean {
    return this.#keepsAlive && String(this.getHeader('connection')).toLowerCase() !== 'close';
  }

  setHeader(name: string, value: Value): this {
    if (this.headersSent) throw codedError('Cannot set headers after they are sent to the client', 'ERR_HTTP_HEADERS_SENT');
    this.#fields.set(name.toLowerCase(), [name, value]);
    return this;
  }

  getHeader(name: string): Value | undefined {
    return this.#fields.get(name.toLowerCase())?.[1];
  }

  getHeaders(): Record<string, Value> {
    return Object.fromEntries([...this.#fields].map(([key, [, value]]) => [key, value]));
  }

  getHeaderNames(): string[] {
    return [...this.#fields.keys()];
  }

  hasHeader(name: string): boolean {
    return this.#fields.has(name.toLowerCase());
  }

  removeHeader(name: string): void {
    if (this.headersSent) throw codedError('Cannot remove headers after they are sent to the client', 'ERR_HTTP_HEADERS_SENT');
    this.#fields.delete(name.toLowerCase());
  }

  writeHead(statusCode: number, message?: string | FieldsToWrite, fields?: FieldsToWrite): this {
    if (this.headersSent) throw codedError('Cannot write headers after they are sent to the client', 'ERR_HTTP_HEADERS_SENT');
    this.statusCode = statusCode;
    if (typeof message === 'string') this.statusMessage = message;
    const given = typeof message === 'object' ? message : fields;
    for (const [name, value] of pairs(given ?? {})) this.setHeader(name, value);
    this.#composeHead(undefined);
    return this;
  }

  flushHeaders(): void {
    if (!this.headersSent) this.#composeHead(undefined);
    this.#send(Buffer.alloc(0));
  }

  write(data: Written, encoding?: BufferEncoding | Done, done?: Done): boolean {
    const callback = typeof encoding === 'function' ? encoding : done;
    if (this.writableEnded) {
      const error = codedError('write after end', 'ERR_STREAM_WRITE_AFTER_END');
      ticker(this.#parts)(() => this.emit('error', error));
      return false;
    }
    if (!this.headersSent) this.#composeHead(undefined);
    const bytes = toBytes(data, typeof encoding === 'string' ? encoding : undefined);
    if (bytes.length > 0) this.#send(this.#isChunked ? chunk(bytes) : bytes);
    if (callback) ticker(this.#parts)(callback);
    return true;
  }

  end(data?: Written | Done, encoding?: BufferEncoding | Done, done?: Done): this {
    const callback = [data, encoding, done].find((value) => typeof value === 'function') as Done | undefined;
    if (this.writableEnded) return this;
    const bytes =
      data === undefined || typeof data === 'function'
        ? Buffer.alloc(0)
        : toBytes(data, typeof encoding === 'string' ? encoding : undefined);
    if (!this.headersSent) this.#composeHead(bytes.length);
    this.writableEnded = true;
    const last = this.#isChunked ? [...(bytes.length > 0 ? [chunk(bytes)] : []), Buffer.from(`0${crlf}${crlf}`)] : [bytes];
    this.#send(Buffer.concat(last));
    if (callback) this.once('finish', callback);
    ticker(this.#parts)(() => {
      this.writableFinished = true;
      this.emit('finish');
      this.emit('close');
    });
    return this;
  }

  /** True for a response that has no body (RFC 9112 §6.3). */
  get #hasNoBody(): boolean {
    return this.req.method === 'HEAD' || this.statusCode === 204 || this.statusCode === 304 || this.statusCode < 200;
  }

  /** `length` is that of the whole body; undefined where it is not known yet. */
  #composeHead(length: number | undefined): void {
    const has = (name: string): boolean => this.#fields.has(name);
    const keepsAlive = this.keepsAlive;
    const lines = [...this.#fields.values()].flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((one: string) => `${name}: ${one}`) : [`${name}: ${String(value)}`],
    );
    const { clock, epoch = 0 } = this.#parts;
    if (this.sendDate && !has('date')) lines.push(`Date: ${new Date(epoch + clock.present).toUTCString()}`);
    if (!has('connection')) {
      lines.push(`Connection: ${keepsAlive ? 'keep-alive' : 'close'}`);
      if (keepsAlive) lines.push('Keep-Alive: timeout=5');
    }
    if (!has('content-length') && !has('transfer-encoding') && !this.#hasNoBody) {
      this.#isChunked = length === undefined && this.req.httpVersion !== '1.0';
      if (this.#isChunked) lines.push('Transfer-Encoding: chunked');
      else if (length !== undefined && this.req.httpVersion !== '1.0') lines.push(`Content-Length: ${length}`);
    }
    const phrase = this.statusMessage ?? STATUS_CODES[this.statusCode] ?? 'unknown';
    this.statusMessage = phrase;
    this.#head = [`HTTP/1.1 ${this.statusCode} ${phrase}`, ...lines, '', ''].join(crlf);
    this.headersSent = true;
  }

  /** Sends bytes, and before the first of them the head. */
  #send(body: Buffer): void {
    const bytes = this.#hasNoBody ? Buffer.alloc(0) : body;
    const head = Buffer.from(this.#head, 'latin1');
    this.#head = '';
    if (head.length + bytes.length > 0 && this.socket.writable) this.socket.write(Buffer.concat([head, bytes]));
  }
}

const chunk = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}${crlf}`), bytes, Buffer.from(crlf)]);

/** Returns names and values, from an object or from a list that has them in turns. */
function pairs(fields: FieldsToWrite): [name: string, value: Value][] {
  if (!Array.isArray(fields)) return Object.entries(fields).filter((pair): pair is [string, Value] => pair[1] !== undefined);
  const list = fields as readonly Value[];
  return list.flatMap((name, i) => (i % 2 === 0 ? [[String(name), list[i + 1] ?? ''] as [string, Value]] : []));
}
