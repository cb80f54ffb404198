/** What the observers of the browser's network APIs share: names for connections, and a place to report to. */
import type { TraceEvent } from '../../../../protocol/trace/trace.ts';
import { cut } from '../../message-limits.ts';
import { pathInSandbox } from './address.ts';
import { OwnMap } from '../natives.ts';

/** Where observers report what they saw. */
export interface ObserverOptions {
  /** `A`, `B` …; connections of client A are A1, A2 … */
  client: string;
  /** See `StartRun`. */
  base: string;
  onEvent(event: TraceEvent): void;
  onNote(text: string): void;
  /** Marks a connection or an exchange as going on until the returned function is called. */
  hold(): () => void;
}

/** The observer of one client. */
export class Observer {
  readonly base: string;
  readonly onEvent: ObserverOptions['onEvent'];
  readonly hold: ObserverOptions['hold'];
  readonly #options: ObserverOptions;
  /** The number of connections named so far. */
  #named = 0;
  /** For each address requested with `fetch`: its connection's name and its number of requests. */
  readonly #asked = new OwnMap<string, { connection: string; requests: number }>();
  #isTold = false;

  constructor(options: ObserverOptions) {
    this.#options = options;
    this.base = options.base;
    this.onEvent = options.onEvent;
    this.hold = options.hold;
  }

  /** The name of the next connection. */
  get nextName(): string {
    return `${this.#options.client}${this.#named + 1}`;
  }

  /** Returns that name and uses it up. */
  takeName(): string {
    const name = this.nextName;
    this.#named++;
    return name;
  }

  /** Returns the connection's name and the request's number for another request to an address. */
  ask(path: string): { connection: string; request: number } {
    let asked = this.#asked.get(path);
    if (!asked) this.#asked.set(path, (asked = { connection: this.takeName(), requests: 0 }));
    return { connection: asked.connection, request: asked.requests++ };
  }

  /** Tells the reader, once, that an address led elsewhere than it says. */
  tellElsewhere(address: string, did: 'opened' | 'asked', url: string): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#options.onNote(
      `Programs here can reach only this playground's sandbox: ${cut(address, 200)} was ${did} as ${cut(pathInSandbox(url), 200)} of the sandbox.`,
    );
  }
}
