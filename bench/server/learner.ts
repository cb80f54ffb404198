/** A learner behind the class's address: starts sessions as Run does, and in each does what the lessons' programs do. */
import { Agent, type IncomingMessage, request } from 'node:http';
import { Line, NotServed, patience } from './line.ts';
import { visits } from './visits.ts';

/** One learner, whose requests reuse connections as a browser's do. */
export class Learner {
  /** How many visits and sessions were served completely. */
  served = 0;
  /** A sentence for each one that was not. */
  readonly refused: string[] = [];
  readonly #origin: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 6 });
  #base = '';

  constructor(port: number) {
    this.#origin = `http://127.0.0.1:${port}`;
  }

  /** Makes all visits from the n-th on, in one session after another, until `isOver` returns true. */
  async work(n: number, isOver: () => boolean): Promise<void> {
    const all = Object.entries(visits);
    while (!isOver()) {
      await this.#noting('session', async () => {
        const tap = await this.#begin();
        for (let i = 0; i < all.length && !isOver(); i++) {
          const [name, visit] = all[(n + i) % all.length] as (typeof all)[number];
          await this.#noting(name, () => visit(this));
        }
        await tap.end();
      });
    }
  }

  async open(target: string): Promise<Line> {
    return await Line.open(this.#base, target);
  }

  /** Returns the response's text. Throws NotServed for a status of 300 or above. */
  async ask(method: string, target: string, body = ''): Promise<string> {
    const answer = await this.#request(method, this.#base + target, body);
    let text = '';
    for await (const chunk of answer) text += String(chunk);
    if ((answer.statusCode ?? 0) >= 300) throw new NotServed(`${target}: ${answer.statusCode} ${text.trim()}`);
    return text;
  }

  /** Opens an event stream; `hear` waits for one word and then ends the stream. */
  async stream(target: string): Promise<{ hear(word: string): Promise<void> }> {
    const answer = await this.#request('GET', this.#base + target, '');
    if (answer.statusCode !== 200) throw new NotServed(`${target}: ${answer.statusCode}`);
    return {
      async hear(word) {
        let text = '';
        for await (const chunk of answer) {
          text += String(chunk);
          if (text.includes(word)) return;
        }
        throw new NotServed(`${target}: ended`);
      },
    };
  }

  /** Starts a session and returns its tap. */
  async #begin(): Promise<Line> {
    this.#base = this.#origin;
    const { session } = JSON.parse(await this.ask('POST', '/sessions')) as { session: string };
    this.#base = `${this.#origin}/s/${session}`;
    return await this.open('/tap');
  }

  async #noting(what: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.served++;
    } catch (error) {
      this.refused.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      // A learner who is refused does not ask again at once.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #request(method: string, address: string, body: string): Promise<IncomingMessage> {
    return await new Promise((resolve, reject) => {
      const ask = (): void => {
        const asking = request(address, { agent: this.#agent, method, timeout: patience }, resolve);
        asking.on('error', (error: NodeJS.ErrnoException) => {
          // The server closed a reused connection at that moment: retry, as a browser does (RFC 9112 §9.3.1).
          if (asking.reusedSocket && error.code === 'ECONNRESET') ask();
          else reject(new NotServed(`${address}: ${error.message}`));
        });
        asking.end(body);
      };
      ask();
    });
  }
}
