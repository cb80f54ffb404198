/**
 * Why a connection or a request failed of which the session's tap knows nothing: the session has ended, or something in front of
 * the server wants a login. A program's frame is nobody, so browsers send no login for it, be the reader logged in or not.
 */
import type { TraceEvent } from '../../../protocol/trace/trace.ts';

/** How often to look whether the tap has told of a request, ms, and how many times. */
const every = 50;
const looks = 10;

/** Explains failures of one run. */
export class Unreached {
  readonly #tap: string;
  #hasTold = false;

  /** `base` is that of the session's addresses, such as `ws://localhost:4321/s/k3jf9`. */
  constructor(base: string) {
    this.#tap = `${base.replace(/^ws/, 'http')}/tap`;
  }

  /** The sentence for a connection whose handshake failed; undefined where nothing is known to stand in its way. */
  async connection(connection: string): Promise<string | undefined> {
    return await this.#why(`connection ${connection}`);
  }

  /** The same for a request that failed; undefined too where the tap tells of it. */
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

  /** Asks the tap's address, whose requests are not part of what the tap tells: with the reader's login, and without. */
  async #why(subject: string): Promise<string | undefined> {
    if (this.#hasTold) return undefined;
    try {
      const answer = await ask(this.#tap, 'same-origin');
      // What the address answers to whoever may ask it, and does so without upgrading.
      if (answer.status !== 426) return await refusal(answer, subject);
      const { status, type } = await ask(this.#tap, 'omit');
      if (status === 426) return undefined;
      // Told once for the run, while several may have asked.
      if (this.#hasTold) return undefined;
      this.#hasTold = true;
      const wants = type === 'opaqueredirect' ? 'sends whoever is not logged in elsewhere' : `asks for a login (${status})`;
      return (
        `Your program does not reach the sandbox: what stands in front of it ${wants}, and the browser sends no login for your ` +
        'program, whose frame is nobody. Whoever runs the server can let addresses that begin with /s/ pass without one: nobody can guess them.'
      );
    } catch {
      return undefined;
    }
  }
}

const ask = (address: string, credentials: RequestCredentials): Promise<Response> =>
  fetch(address, { credentials, redirect: 'manual', cache: 'no-store', headers: { accept: 'application/json' } });

/** Undefined for what is not the sandbox's own answer. */
async function refusal(answer: Response, subject: string): Promise<string | undefined> {
  const { error } = (await answer.json()) as { error?: string };
  return error === undefined ? undefined : `The sandbox refused ${subject} (${answer.status}): ${error}`;
}
