/** Express's `res`: what it adds to Node's response. */
import posix from 'path-browserify';
import { Buffer } from '../buffer.ts';
import { ServerResponse } from '../http/server-response.ts';
import { STATUS_CODES } from '../http/status-codes.ts';
import { refusals } from '../modules/absent-members.ts';
import type { Application } from './application.ts';
import { contentType, inUtf8 } from './content-type.ts';
import { cookieText, type CookieOptions } from './cookie.ts';
import { etagOf } from './etag.ts';
import { escapeHtml } from './escape-html.ts';
import { httpError } from './http-error.ts';
import type { ExpressRequest } from './request.ts';

type Value = string | number | readonly string[];

/** The prototype of responses: Node's response gets it once it reaches an app, so that no constructor of this one ever runs. */
export class ExpressResponse extends ServerResponse {
  declare readonly req: ExpressRequest;
  declare app: Application;
  declare locals: Record<string, unknown>;

  /** Throws as Express 5 does for what is no integer from 100 to 999. */
  status(code: number): this {
    const given = JSON.stringify(code);
    if (!Number.isInteger(code)) throw new TypeError(`Invalid status code: ${given}. Status code must be an integer.`);
    if (code < 100 || code > 999) {
      throw new RangeError(`Invalid status code: ${given}. Status code must be greater than 99 and less than 1000.`);
    }
    this.statusCode = code;
    return this;
  }

  sendStatus(code: number): ExpressResponse {
    return this.status(code)
      .type('txt')
      .send(STATUS_CODES[code] ?? String(code));
  }

  set(field: string | Readonly<Record<string, Value>>, value?: Value): this {
    if (typeof field === 'object') {
      for (const [name, of] of Object.entries(field)) this.set(name, of);
      return this;
    }
    const text: Value = Array.isArray(value) ? value.map(String) : String(value);
    const isType = field.toLowerCase() === 'content-type';
    if (isType && Array.isArray(text)) throw new TypeError('Content-Type cannot be set to an Array');
    return this.setHeader(field, isType ? (contentType(String(text)) ?? text) : text);
  }

  header(field: string | Readonly<Record<string, Value>>, value?: Value): this {
    return this.set(field, value);
  }

  get(field: string): Value | undefined {
    return this.getHeader(field);
  }

  append(field: string, value: Value): this {
    const before = this.get(field);
    return this.set(field, before === undefined ? value : [before, value].flat().map(String));
  }

  vary(field: string): this {
    const before = this.get('Vary');
    return this.set('Vary', before === undefined ? field : `${String(before)}, ${field}`);
  }

  type(type: string): this {
    return this.set('Content-Type', type.includes('/') ? type : (contentType(type) ?? 'application/octet-stream'));
  }

  contentType(type: string): this {
    return this.type(type);
  }

  send(body?: unknown): ExpressResponse {
    if (typeof body === 'string') {
      const type = this.get('Content-Type');
      if (typeof type === 'string') this.setHeader('Content-Type', inUtf8(type));
      else this.type('html');
      return sendBytes(this, Buffer.from(body));
    }
    if (body === undefined || body === null) return sendBytes(this, body === null ? Buffer.alloc(0) : undefined);
    if (!ArrayBuffer.isView(body)) return this.json(body);
    if (this.get('Content-Type') === undefined) this.type('bin');
    return sendBytes(this, Buffer.from(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength));
  }

  json(body?: unknown): ExpressResponse {
    const text = JSON.stringify(body, this.app.get('json replacer') as never, this.app.get('json spaces') as never) as
      string | undefined;
    if (this.get('Content-Type') === undefined) this.set('Content-Type', 'application/json');
    return this.send(text);
  }

  location(url: string): this {
    // What is encoded already stays as it is.
    return this.set('Location', url.replace(/[^\x21\x23-\x3b\x3d\x3f-\x5f\x61-\x7a\x7c\x7e]+/g, encodeURI));
  }

  redirect(status: number | string, url?: string): this {
    const [code, address] = typeof status === 'number' ? [status, url ?? ''] : [302, status];
    const location = String(this.location(address).get('Location'));
    this.status(code).vary('Accept');
    const phrase = STATUS_CODES[code] ?? String(code);
    const body: Record<string, string> = {
      text: `${phrase}. Redirecting to ${location}`,
      html:
        `<!DOCTYPE html><head><title>${phrase}</title></head><body>` +
        `<p>${phrase}. Redirecting to ${escapeHtml(location)}</p></body>`,
    };
    const type = this.req.accepts('text', 'html');
    if (type) this.type(type);
    const bytes = Buffer.from(type ? (body[type] ?? '') : '');
    return this.set('Content-Length', bytes.length).end(bytes);
  }

  /** Sends a file of the reader's. What goes wrong goes to `done`, or on to the handlers of errors. */
  sendFile(path: string, options?: { root?: string } | ((error?: unknown) => void), done?: (error?: unknown) => void): void {
    const callback = typeof options === 'function' ? options : done;
    const root = typeof options === 'object' ? options.root : undefined;
    if (root === undefined && !posix.isAbsolute(path)) {
      throw new TypeError('path must be absolute or specify root to res.sendFile');
    }
    const whole = root === undefined ? path : posix.join(root, path);
    const text = this.app.files.read(whole);
    if (text === undefined) {
      const error = Object.assign(httpError(404, 'Not Found', 'NotFoundError'), { code: 'ENOENT', path: whole });
      if (callback) callback(error);
      else this.req.next(error);
      return;
    }
    this.sendText(whole, text);
    callback?.();
  }

  /** Sends a file's text with the type of its name. */
  sendText(path: string, text: string): void {
    if (this.get('Cache-Control') === undefined) this.set('Cache-Control', 'public, max-age=0');
    if (this.get('Content-Type') === undefined) this.type(contentType(posix.extname(path)) ?? 'bin');
    sendBytes(this, Buffer.from(text));
  }

  cookie(name: string, value: unknown, options: CookieOptions = {}): this {
    return this.append('Set-Cookie', cookieText(name, value, options, this.app.now()));
  }

  clearCookie(name: string, options: CookieOptions = {}): this {
    return this.cookie(name, '', { ...options, maxAge: undefined, expires: new Date(1) });
  }
}

/** Sends a body; undefined where none was given. A function and no private method: only a constructor gives these to an object. */
function sendBytes(res: ExpressResponse, bytes: Buffer | undefined): ExpressResponse {
  if (bytes) {
    res.set('Content-Length', bytes.length);
    if (res.get('ETag') === undefined && res.app.get('etag') !== false) res.set('ETag', etagOf(bytes));
  }
  if (res.req.fresh) res.status(304);
  if (res.statusCode === 204 || res.statusCode === 304) {
    for (const field of ['Content-Type', 'Content-Length', 'Transfer-Encoding']) res.removeHeader(field);
    return res.end();
  }
  if (res.statusCode === 205) {
    res.set('Content-Length', 0).removeHeader('Transfer-Encoding');
    return res.end();
  }
  return res.req.method === 'HEAD' || !bytes ? res.end() : res.end(bytes);
}

const noViews = 'there are no templates. Send text with res.send, or a file with res.sendFile.';
const noFiles = 'nothing is downloaded. Use res.sendFile.';
Object.assign(
  ExpressResponse.prototype,
  refusals('res', {
    render: noViews,
    download: noFiles,
    attachment: noFiles,
    format: 'use req.accepts, and res.send what it says.',
    jsonp: 'use res.json.',
    links: "use res.set('Link', …).",
  }),
);
