/**
 * Explains why a connection or request failed that the session's tap never saw: the session has ended, or something in front of
 * the server wants a login. A program's frame has an opaque origin, so browsers send no login for it, whether or not the reader
 * is logged in.
 */
import type { TraceEvent } from '../../../protocol/trace/trace.ts';

/** How often to look whether the tap has reported a request, ms, and how many times. */
const every = 50;
const looks = 10;

/** Explains the failures of one run. */
export class Unreached {
  readonly #tap: string;
  #hasTold = false;

  /** `base` is the base of the session's addresses, such as `ws://localhost:4321/s/k3jf9`. */
  constructor(base: string) {
    this.#tap = `${base.replace(/^ws/, 'http')}/tap`;
  }

  /** Returns the sentence for a connection whose handshake failed; undefined if no cause is known. */
  async connection(connection: string): Promise<string | undefined> {
    return await this.#why(`connection ${connection}`);
  }

  /** Returns the sentence for a request that failed; undefined if no cause is known or the tap has reported the request. */
  async request(
    events: () => readonly TraceEvent[],
    connection: string,
    request: number | undefined,
  ): Promise<string | undefined> {
    const isOnWire = (event: TraceEvent): boolean =>
      event.name === 'exchange_started' && event.at === 'socket' && event.connection === connection && event.request === request;
    for (let look = 0; look < looks && !this.#hasTold; look++) {
      await new Promise((resolve) => setTimeout(resolve, every));
      if (events().some(isOnWire)) return undefined;
    }
    return await this.#why(`a request of ${connection}`);
  }

  /** Asks the tap's address, with the reader's login and without. The tap does not report requests to that address. */
  async #why(subject: string): Promise<string | undefined> {
    if (this.#hasTold) return undefined;
    try {
      const answer = await ask(this.#tap, 'same-origin');
      // The address answers 426 to anyone who asks without upgrading.
      if (answer.status !== 426) return await refusal(answer, subject);
      const { status, type } = await ask(this.#tap, 'omit');
      if (status === 426) return undefined;
      // Several failures may ask at the same time, but the run gets one message.
      if (this.#hasTold) return undefined;
      this.#hasTold = true;
      const wants = type === 'opaqueredirect' ? 'redirects anyone who is not logged in' : `asks for a login (${status})`;
      return (
        `Your program does not reach the sandbox: a proxy in front of it ${wants}, and the browser sends no login for your ` +
        'program, which runs in a frame without an identity. Whoever runs the server can let addresses that begin with /s/ pass without a login: nobody can guess them.'
      );
    } catch {
      return undefined;
    }
  }
}

const ask = (address: string, credentials: RequestCredentials): Promise<Response> =>
  fetch(address, { credentials, redirect: 'manual', cache: 'no-store', headers: { accept: 'application/json' } });

/** Returns undefined if the answer is not the sandbox's own. */
async function refusal(answer: Response, subject: string): Promise<string | undefined> {
  const { error } = (await answer.json()) as { error?: string };
  return error === undefined ? undefined : `The sandbox refused ${subject} (${answer.status}): ${error}`;
}
