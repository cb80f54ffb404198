/** Decides which pages may use an address. Origin identifies pages in browsers; other clients can send any (RFC 6455 §10.2). */
import type { IncomingMessage } from 'node:http';
import type { Options } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { HostNames, listed, readHost } from './host-names.ts';

/**
 * Which pages may use an address. `any`: all pages, because the address keeps and reveals nothing. `own`: pages of this server
 * and of the origins that its options name. `own or ticket`, for sessions: also pages with the origin `null`, such as the frame
 * of the reader's program. The session's name is their ticket, because nobody can guess it.
 */
export type Pages = 'any' | 'own' | 'own or ticket';

/** The fields of an answer that tell a browser which page may read it (Fetch standard, CORS protocol). */
export type CorsFields = Readonly<Record<string, string>>;

const vary = { Vary: 'Origin' };

/** Admits or refuses requests by `Host`, `Origin` and `Sec-Fetch-Site`. */
export class PageAccess {
  readonly #hosts: HostNames;
  readonly #origins: ReadonlySet<string>;

  constructor(options: Pick<Options, 'host' | 'allowHost' | 'allowOrigin'>) {
    this.#hosts = new HostNames(options);
    this.#origins = new Set(listed(options.allowOrigin).map((origin) => URL.parse(origin)?.origin ?? origin));
  }

  /** Returns the refusal for a request to a host that is not this server. */
  refusalOfHost({ headers: { host } }: IncomingMessage): Refusal | undefined {
    if (this.#hosts.knows(host)) return undefined;
    const name = readHost(host ?? '')?.name ?? '';
    const sentence = `This server is not known as ${quoted(host ?? '')}.`;
    const way = `If that is its name, start it with --allow-host ${name} (the variable is ALLOW_HOST).`;
    return new Refusal(403, name === '' ? sentence : `${sentence} ${way}`);
  }

  /** Returns the fields of the answer to a page that may use the address. Throws a Refusal for a page that may not. */
  admit(request: IncomingMessage, pages: Pages): CorsFields {
    const refusal = this.refusalOfHost(request);
    if (refusal) throw refusal;
    if (pages === 'any') return { 'Access-Control-Allow-Origin': '*' };
    const { origin } = request.headers;
    if (origin === undefined) {
      if (isAskedFromElsewhere(request)) throw new Refusal(403, 'Pages of other sites may not use this address.', vary);
      return vary;
    }
    if (this.#mayUse(origin, pages, request)) return { 'Access-Control-Allow-Origin': origin, ...vary };
    throw new Refusal(403, whyNot(origin), vary);
  }

  #mayUse(origin: string, pages: Pages, request: IncomingMessage): boolean {
    if (origin === 'null' && pages === 'own or ticket') return true;
    return this.#origins.has('*') || this.#origins.has(origin.toLowerCase()) || this.#isOwn(origin, request);
  }

  /** True for a page of the host that was asked. Its scheme may differ, because a proxy speaks TLS in front of this server. */
  #isOwn(origin: string, { headers }: IncomingMessage): boolean {
    const page = URL.parse(origin);
    if (page?.origin !== origin) return false;
    // A page without TLS is not the same as the one with it: anybody on the way may have written it.
    if (page.protocol === 'http:' && lastOf(headers['x-forwarded-proto']) === 'https') return false;
    const asked = readHost(headers.host ?? '');
    const usualPort = page.protocol === 'https:' ? '443' : '80';
    const isAsked = asked?.name === page.hostname && (asked.port || usualPort) === (page.port || usualPort);
    // A proxy may ask with a host of its own making, so the options have the name that people reach it by.
    return isAsked || (page.port === '' && this.#hosts.isAllowed(page.hostname));
  }
}

/**
 * True if a browser says that a page of another site asks with a request that has no Origin, such as for an image or a script.
 * False for a followed link, since the user reads that answer, not the page.
 */
function isAskedFromElsewhere({ headers }: IncomingMessage): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-dest': use } = headers;
  return (site === 'cross-site' || site === 'same-site') && use !== 'document';
}

function whyNot(origin: string): string {
  if (origin === 'null')
    return 'A page without an origin of its own, such as a file, may not use this address outside a session. If it is yours, start the server with --allow-origin null (the variable is ALLOW_ORIGIN).';
  return `Pages of ${quoted(origin)} may not use this address. If they are yours, start the server with --allow-origin ${origin.slice(0, 200)} (the variable is ALLOW_ORIGIN).`;
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, 200));

const lastOf = (field: string | string[] | undefined): string | undefined =>
  String(field ?? '')
    .split(',')
    .at(-1)
    ?.trim();
