/** Express's parsers of bodies: `express.json()` and its siblings (the package `body-parser`, 2.x). */
import { Buffer } from '../buffer.ts';
import { querystring } from '../url/querystring.ts';
import { isType } from './content-type.ts';
import { parseExtended } from './extended-query.ts';
import { httpError } from './http-error.ts';
import type { Handler } from './layer.ts';
import type { ExpressRequest } from './request.ts';

export interface ParserOptions {
  /** Bytes, or text such as `100kb`. */
  limit?: number | string | undefined;
  /** The types that are parsed. */
  type?: string | readonly string[] | ((req: ExpressRequest) => boolean) | undefined;
  /** For JSON: false to take more than objects and lists. */
  strict?: boolean | undefined;
  /** For forms: true for names with brackets. */
  extended?: boolean | undefined;
  reviver?: ((this: unknown, key: string, value: unknown) => unknown) | undefined;
}

const units: Record<string, number> = { b: 1, kb: 2 ** 10, mb: 2 ** 20 };

function bytesOf(limit: number | string): number {
  if (typeof limit === 'number') return limit;
  const [, count = '', unit = 'b'] = /^([\d.]+)\s*(b|kb|mb)?$/i.exec(limit.trim()) ?? [];
  return Number(count) * (units[unit.toLowerCase()] ?? 1);
}

/** Returns a handler that reads a body of its type and leaves what `parse` returns in `req.body`. */
function parser(usual: string, options: ParserOptions, parse: (bytes: Buffer) => unknown): Handler {
  const { limit = '100kb', type = usual } = options;
  const most = bytesOf(limit);
  const isMine = (req: ExpressRequest): boolean =>
    typeof type === 'function' ? type(req) : [type].flat().some((one) => isType(req.headers['content-type'] as string, one));
  return (req, _res, next) => {
    const hasBody = req.headers['transfer-encoding'] !== undefined || req.headers['content-length'] !== undefined;
    // A body that was read once is not there any more.
    if (req.readableEnded || !hasBody || !isMine(req)) {
      next();
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= most) chunks.push(chunk);
    });
    req.once('end', () => {
      try {
        if (length > most) throw tooLarge(length, most);
        req.body = parse(Buffer.concat(chunks));
      } catch (error) {
        next(error);
        return;
      }
      next();
    });
  };
}

const tooLarge = (length: number, limit: number): Error =>
  Object.assign(httpError(413, 'request entity too large', 'PayloadTooLargeError'), { length, limit, type: 'entity.too.large' });

export function json(options: ParserOptions = {}): Handler {
  const { strict = true, reviver } = options;
  return parser('application/json', options, (bytes) => {
    const body = bytes.toString();
    if (body === '') return {};
    try {
      if (strict && !/^[\x20\t\n\r]*[[{]/.test(body)) throw new SyntaxError('not a list or an object');
      return JSON.parse(body, reviver);
    } catch {
      // The words are ours: each engine has others, and the same run is to give the same bytes.
      const what = strict ? 'The body is no JSON list or object' : 'The body is no JSON';
      throw Object.assign(httpError(400, what, 'SyntaxError'), { body, type: 'entity.parse.failed' });
    }
  });
}

export function urlencoded(options: ParserOptions = {}): Handler {
  const parse = options.extended ? parseExtended : querystring.parse;
  return parser('application/x-www-form-urlencoded', options, (bytes) => parse(bytes.toString()));
}

export const text = (options: ParserOptions = {}): Handler => parser('text/plain', options, (bytes) => bytes.toString());
export const raw = (options: ParserOptions = {}): Handler => parser('application/octet-stream', options, (bytes) => bytes);
