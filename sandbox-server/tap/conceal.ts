/** What the tap does not tell of requests: who sends them, and the name of the session, with which one could enter it. */
import type { TraceEvent } from '../../protocol/trace/trace.ts';

/**
 * Fields that logins and proxies add to requests on their way, so that the programs of a class need not see them, nor whoever is
 * handed a saved trace. A `*` at the end stands for any rest.
 */
export const usuallyHidden: readonly string[] = [
  ...['cookie', 'authorization', 'proxy-authorization', 'x-auth-*', 'x-authenticated-*', 'x-webauth-*', 'x-user-*', 'x-email'],
  ...['x-api-key', 'api-key', 'x-access-token', 'x-id-token', 'x-csrf-token', 'x-xsrf-token', 'x-session-*'],
  ...[
    'remote-*',
    'x-remote-*',
    'ssl-*',
    'x-ssl-*',
    'x-client-*',
    'client-ip',
    'true-client-ip',
    'x-real-ip',
    'x-cluster-client-ip',
  ],
  ...[
    'forwarded',
    'x-forwarded-*',
    'x-original-*',
    'via',
    'cdn-loop',
    'x-request-id',
    'x-correlation-id',
    'traceparent',
    'tracestate',
  ],
  ...['x-b3-*', 'x-envoy-*', 'x-amz-*', 'x-amzn-*', 'x-goog-*', 'x-appengine-*', 'x-ms-*', 'x-arr-*', 'x-azure-*', 'cf-*'],
  ...['fastly-*', 'fly-*', 'x-vercel-*', 'x-nf-*', 'x-pomerium-*', 'tailscale-*'],
];

/** A field with the lines that continue it (RFC 9112 §5.2). */
const field = /^([^:\s]+)[ \t]*:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/gm;

/** A head as it is told: as long as it was, with `*` for each character that is left out. */
export interface Concealed {
  head: string;
  /** How many characters, which in a head are bytes. */
  leftOut: number;
}

/** Leaves out the values of fields by these names, and a session's name wherever it stands. */
export class Concealer {
  readonly #names: ReadonlySet<string>;
  readonly #beginnings: readonly string[];

  /** `more`: further names of fields. */
  constructor(more: readonly string[] = []) {
    const all = [...usuallyHidden, ...more].map((name) => name.toLowerCase());
    this.#names = new Set(all.filter((name) => !name.endsWith('*')));
    this.#beginnings = all.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  }

  /** The event as it is told. */
  event(event: TraceEvent, session: string): TraceEvent {
    switch (event.name) {
      case 'exchange_started':
        return { ...event, target: event.target.replaceAll(session, stars) };
      case 'handshake_sent':
      case 'request_sent': {
        if (event.direction !== 'client-to-server' || event.bytes === undefined) return event;
        const { bytes, leftOut } = this.#bytes(event.bytes, session);
        return leftOut > 0 ? { ...event, bytes, leftOut } : event;
      }
      default:
        return event;
    }
  }

  /** A request's head, up to its empty line, as it is told. */
  head(head: string, session: string): Concealed {
    let leftOut = 0;
    const conceal = (text: string): string => {
      const told = text.replace(/\S+/g, stars);
      leftOut += text.replace(/\s+/g, '').length;
      return told;
    };
    const told = head.replace(field, (whole: string, name: string, value: string) =>
      this.#hides(name.toLowerCase()) ? whole.slice(0, whole.length - value.length) + conceal(value) : whole,
    );
    return { head: told.replaceAll(session, conceal), leftOut };
  }

  #bytes(hex: string, session: string): { bytes: string; leftOut: number } {
    const text = Buffer.from(hex, 'hex').toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    const { head, leftOut } = this.head(end < 0 ? text : text.slice(0, end), session);
    return { bytes: Buffer.from(head, 'latin1').toString('hex') + hex.slice(2 * head.length), leftOut };
  }

  #hides(written: string): boolean {
    // Some proxies write names as the environment of CGI does (RFC 3875 §4.1.18).
    const name = written.replaceAll('_', '-');
    return this.#names.has(name) || this.#beginnings.some((beginning) => name.startsWith(beginning));
  }
}

const stars = (text: string): string => '*'.repeat(text.length);
