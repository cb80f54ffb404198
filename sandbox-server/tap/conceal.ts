/** Hides what the tap must not tell about requests: who sends them, and the session's name, with which anyone could enter it. */
import type { TraceEvent } from '../../protocol/trace/trace.ts';

/**
 * Fields that logins and proxies add to requests on their way: neither the programs of a class nor the recipient of a saved
 * trace need see them. A `*` at the end stands for any rest.
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

/** Matches a field with its continuation lines (RFC 9112 §5.2). */
const field = /^([^:\s]+)[ \t]*:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/gm;

/** A head as the tap tells it: as long as it was, with `*` for each character left out. */
export interface Concealed {
  head: string;
  /** How many characters are left out; in a head, characters are bytes. */
  leftOut: number;
}

/** Leaves out the values of fields with these names, and a session's name wherever it occurs. */
export class Concealer {
  readonly #names: ReadonlySet<string>;
  readonly #beginnings: readonly string[];

  /** `more` gives further field names. */
  constructor(more: readonly string[] = []) {
    const all = [...usuallyHidden, ...more].map((name) => name.toLowerCase());
    this.#names = new Set(all.filter((name) => !name.endsWith('*')));
    this.#beginnings = all.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  }

  /** Returns the event as the tap tells it. */
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

  /** Returns a request's head, up to its empty line, as the tap tells it. */
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
    // Some proxies write names as CGI's environment does (RFC 3875 §4.1.18).
    const name = written.replaceAll('_', '-');
    return this.#names.has(name) || this.#beginnings.some((beginning) => name.startsWith(beginning));
  }
}

const stars = (text: string): string => '*'.repeat(text.length);
