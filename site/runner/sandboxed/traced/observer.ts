/** What the observers of the browser's network APIs share: names for connections, and where they tell what they saw. */
import type { TraceEvent } from '../../../../protocol/trace/trace.ts';
import { cut } from '../../message-limits.ts';
import { pathInSandbox } from './address.ts';
import { OwnMap } from '../natives.ts';

/** Where observers tell what they saw. */
export interface ObserverOptions {
  /** `A`, `B` …; its connections are A1, A2 … */
  client: string;
  /** See `StartRun`. */
  base: string;
  onEvent(event: TraceEvent): void;
  onNote(text: string): void;
  /** Something goes on, a connection or an exchange, until what it returns is called. */
  hold(): () => void;
}

/** The observer of one client. */
export class Observer {
  readonly base: string;
  readonly onEvent: ObserverOptions['onEvent'];
  readonly hold: ObserverOptions['hold'];
  readonly #options: ObserverOptions;
  /** Connections named so far. */
  #named = 0;
  /** Of each address that is asked by `fetch`: its name, and how often it was asked. */
  readonly #asked = new OwnMap<string, { connection: string; requests: number }>();
  #isTold = false;

  constructor(options: ObserverOptions) {
    this.#options = options;
    this.base = options.base;
    this.onEvent = options.onEvent;
    this.hold = options.hold;
  }

  /** The name that the next connection will have. */
  get nextName(): string {
    return `${this.#options.client}${this.#named + 1}`;
  }

  /** Gives that name away. */
  takeName(): string {
    const name = this.nextName;
    this.#named++;
    return name;
  }

  /** The connection's name for one more request to an address, and the request's number there. */
  ask(path: string): { connection: string; request: number } {
    let asked = this.#asked.get(path);
    if (!asked) this.#asked.set(path, (asked = { connection: this.takeName(), requests: 0 }));
    return { connection: asked.connection, request: asked.requests++ };
  }

  /** The first time that an address led elsewhere than it says, says so. */
  tellElsewhere(address: string, did: 'opened' | 'asked', url: string): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#options.onNote(
      `Programs here can reach this playground's sandbox alone: ${cut(address, 200)} was ${did} as ${cut(pathInSandbox(url), 200)} of the sandbox.`,
    );
  }
}
