/**
 * A small model of a client's `WebSocket`: what comes of things that a program and a server do, each at a time of its own, over a
 * link that takes `latency` each way. The server follows a script; it neither answers nor ends TCP unless the script says so.
 */
import { patience } from '../connection.ts';

/** What a program does. */
export type ClientStep =
  | { who: 'client'; does: 'send'; text: string }
  | { who: 'client'; does: 'send blob'; size: number }
  | { who: 'client'; does: 'close'; code: number | undefined };

/** What the server writes. */
export type ServerStep =
  | { who: 'server'; does: 'message' | 'fragments'; text: string }
  | { who: 'server'; does: 'ping' | 'bad frame' | 'end' | 'destroy' }
  | { who: 'server'; does: 'close'; code: number | undefined };

export type Step = ClientStep | ServerStep;
export type TimedStep = Step & { at: number };

/** What came of it. */
export interface Outcome {
  /** Events, with the state in which each finds the WebSocket. */
  log: string[];
  /** Such as `text 3`: what the client wrote, with the length of the payload. */
  written: string[];
  readyState: number;
  bufferedAmount: number;
}

/** When the client hears of the opened connection, with the server answering at once. */
export const openAt = (latency: number): number => 2 * latency;

const bytesIn = (text: string): number => new TextEncoder().encode(text).length;
const closeLength = (code: number | undefined): string => `close ${code === undefined ? 0 : 2}`;

export class Model {
  readonly #latency: number;
  readonly #outcome: Outcome = { log: [], written: [], readyState: 0, bufferedAmount: 0 };
  #received: number | 'none' | undefined;
  #isCloseSent = false;
  #hasServerEnded = false;
  #giveUpAt = Infinity;

  constructor(latency: number) {
    this.#latency = latency;
  }

  /** Takes steps in any order; returns what comes of them in the end. */
  run(steps: readonly TimedStep[]): Outcome {
    // The client meets a step of the server's once the link has carried it.
    const met = steps.map((step) => ({ step, time: step.at + (step.who === 'server' ? this.#latency : 0) }));
    const open = { step: undefined, time: openAt(this.#latency) };
    for (const { step, time } of [...met, open].sort((a, b) => a.time - b.time)) {
      if (time >= this.#giveUpAt) this.#giveUp();
      if (step === undefined) this.#open();
      else if (step.who === 'client') this.#program(step, time);
      else this.#server(step, time);
    }
    if (this.#giveUpAt < Infinity) this.#giveUp();
    return this.#outcome;
  }

  #open(): void {
    if (this.#outcome.readyState !== 0) return;
    this.#outcome.readyState = 1;
    this.#outcome.log.push('open 1');
  }

  #program(step: ClientStep, time: number): void {
    const { readyState, written } = this.#outcome;
    if (step.does === 'close') {
      if (readyState === 0) this.#close(true);
      if (readyState !== 1) return;
      this.#outcome.readyState = 2;
      this.#sendClose(step.code, time + patience.forClose);
      return;
    }
    if (readyState === 0) return;
    const length = step.does === 'send' ? bytesIn(step.text) : step.size;
    if (readyState === 1) written.push(`${step.does === 'send' ? 'text' : 'binary'} ${length}`);
    else this.#outcome.bufferedAmount += length;
  }

  #server(step: ServerStep, time: number): void {
    const { readyState, log, written } = this.#outcome;
    // What follows the end of the server's TCP was never written; what follows its Close is discarded.
    if (readyState === 3 || this.#hasServerEnded) return;
    if (step.does === 'end' || step.does === 'destroy') {
      this.#hasServerEnded = true;
      // An open connection that is lost dispatches close alone, as in Chromium and Firefox.
      this.#close(false);
    } else if (this.#received !== undefined) return;
    else if (step.does === 'ping') written.push('pong 0');
    else if (step.does === 'bad frame') {
      if (!this.#isCloseSent) this.#sendClose(1002, Infinity);
      this.#close(true);
    } else if (step.does === 'close') {
      this.#received = step.code ?? 'none';
      if (!this.#isCloseSent) this.#sendClose(step.code, Infinity);
      this.#outcome.readyState = 2;
      this.#giveUpAt = time + patience.forEndOfTcp;
    } else if ('text' in step && readyState === 1) log.push(`message 1 ${step.text}`);
  }

  #sendClose(code: number | undefined, giveUpAt: number): void {
    this.#outcome.written.push(closeLength(code));
    this.#isCloseSent = true;
    this.#giveUpAt = giveUpAt;
  }

  #giveUp(): void {
    if (this.#outcome.readyState !== 3) this.#close(false);
  }

  #close(hasFailed: boolean): void {
    this.#outcome.readyState = 3;
    this.#giveUpAt = Infinity;
    if (hasFailed) this.#outcome.log.push('error 3');
    const code = this.#received === undefined ? 1006 : this.#received === 'none' ? 1005 : this.#received;
    this.#outcome.log.push(`close 3 ${code} - ${this.#received !== undefined}`);
  }
}
