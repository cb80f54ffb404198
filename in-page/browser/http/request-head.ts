/** The bytes of a request as Chromium writes them to HTTP/1.1. */
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import { asciiBytes } from '../../../protocol/wire/handshake.ts';
import { userAgent } from '../opening-handshake.ts';

/** A field's name and value. */
export type Field = [name: string, value: string];

/** What a request says. */
export interface RequestWords {
  url: URL;
  method: string;
  /** The page's. */
  origin: string;
  mode: RequestMode;
  /** True where no cache may answer: told to caches on the way. */
  isUncached: boolean;
  /** Of the program, and those that go with its body. */
  fields: readonly Field[];
  body: Uint8Array | undefined;
}

/** How the page's site and the address's are related (Fetch Metadata §2.3). Ports do not count in a site. */
function siteOf(origin: string, url: URL): string {
  if (origin === url.origin) return 'same-origin';
  const page = new URL(origin);
  return page.protocol === url.protocol && page.hostname === url.hostname ? 'same-site' : 'cross-site';
}

/**
 * Returns head and content. A content coding is not offered, since nothing here undoes one; cookies and a referrer are not sent.
 */
export function requestBytes({ url, method, origin, mode, isUncached, fields, body }: RequestWords): Uint8Array {
  const own = new Set(fields.map(([name]) => name.toLowerCase()));
  /** A field of the browser's, where the program has not set it. */
  const field = (name: string, value: string, isSent = true): Field[] =>
    isSent && !own.has(name.toLowerCase()) ? [[name, value]] : [];
  const hasLength = body !== undefined || ['POST', 'PUT'].includes(method);
  const all: Field[] = [
    ...field('Host', url.host),
    ...field('Connection', 'keep-alive'),
    ...field('Content-Length', String(body?.length ?? 0), hasLength),
    ...field('Pragma', 'no-cache', isUncached),
    ...field('Cache-Control', 'no-cache', isUncached),
    ...field('User-Agent', userAgent),
    ...fields,
    ...field('Accept', '*/*'),
    ...field('Origin', origin, (mode === 'cors' && origin !== url.origin) || !['GET', 'HEAD'].includes(method)),
    ...field('Sec-Fetch-Site', siteOf(origin, url)),
    ...field('Sec-Fetch-Mode', mode),
    ...field('Sec-Fetch-Dest', 'empty'),
    ...field('Accept-Language', 'en'),
  ];
  const lines = all.map(([name, value]) => `${name}: ${value}`);
  const head = asciiBytes([`${method} ${url.pathname}${url.search} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
  return body ? concatBytes([head, body]) : head;
}
