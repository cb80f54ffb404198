/** Express's `req`: what it adds to Node's request. */
import { IncomingMessage } from '../http/incoming-message.ts';
import { querystring } from '../url/querystring.ts';
import { preferred } from './accepts.ts';
import type { Application } from './application.ts';
import { contentType, isType } from './content-type.ts';
import { parseExtended } from './extended-query.ts';
import type { Next } from './layer.ts';
import type { ExpressResponse } from './response.ts';

/** Returns the path of a request's target. */
export const pathOfUrl = (url: string): string => url.split('?', 1)[0] || '/';

/** The prototype of requests: Node's request gets it once it reaches an app, so that no constructor of this one ever runs. */
export class ExpressRequest extends IncomingMessage {
  declare app: Application;
  declare res: ExpressResponse;
  /** What a parser such as `express.json()` read; undefined without one. */
  declare body: unknown;
  declare params: Record<string, string | string[]>;
  /** The part of the path that routers have taken off, and the whole target as it came. */
  declare baseUrl: string;
  declare originalUrl: string;
  declare route: { path: unknown } | undefined;
  declare next: Next;

  get path(): string {
    return pathOfUrl(this.url);
  }

  /** Worked out at every reading, as in Express 5. */
  get query(): Record<string, unknown> {
    const text = this.url.split('?').slice(1).join('?');
    const parser = this.app.get('query parser') as unknown;
    if (typeof parser === 'function') return (parser as (text: string) => Record<string, unknown>)(text);
    if (parser === false) return {};
    return parser === 'extended' ? parseExtended(text) : querystring.parse(text);
  }

  get(name: string): string | string[] | undefined {
    const key = name.toLowerCase();
    return /^referr?er$/.test(key) ? (this.headers['referrer'] ?? this.headers['referer']) : this.headers[key];
  }

  header(name: string): string | string[] | undefined {
    return this.get(name);
  }

  /** Returns the first of the types that the request's body has; false where it has none of them. */
  is(...types: (string | string[])[]): string | false {
    return types.flat().find((type) => isType(this.headers['content-type'] as string | undefined, type)) ?? false;
  }

  /** Returns the one of the types that the client wants most; false where it wants none of them. */
  accepts(...types: (string | string[])[]): string | false {
    const whole = (type: string): string => (type.includes('/') ? type : (contentType(type)?.split(';', 1)[0] ?? type));
    const best = preferred(this.headers['accept'] as string | undefined, types.flat().map(whole));
    return types.flat().find((type) => whole(type) === best) ?? false;
  }

  get ip(): string {
    return this.socket.remoteAddress;
  }

  get ips(): string[] {
    return [];
  }

  get protocol(): string {
    return 'http';
  }

  get secure(): boolean {
    return false;
  }

  get host(): string | undefined {
    return this.headers['host'] as string | undefined;
  }

  get hostname(): string | undefined {
    return this.host?.replace(/:\d*$/, '');
  }

  get xhr(): boolean {
    return String(this.headers['x-requested-with']).toLowerCase() === 'xmlhttprequest';
  }

  /** True where the client has the response already, by its ETag (RFC 9110 §13.1.2). */
  get fresh(): boolean {
    const { statusCode } = this.res;
    const asked = this.headers['if-none-match'];
    const isOk = (statusCode >= 200 && statusCode < 300) || statusCode === 304;
    if (!/^(GET|HEAD)$/.test(this.method ?? '') || !isOk || typeof asked !== 'string') return false;
    if (/(^|,)\s*no-cache\s*(,|$)/.test(String(this.headers['cache-control'] ?? ''))) return false;
    const own = String(this.res.get('ETag')).replace(/^W\//, '');
    return asked.trim() === '*' || asked.split(',').some((tag) => tag.trim().replace(/^W\//, '') === own);
  }

  get stale(): boolean {
    return !this.fresh;
  }
}
