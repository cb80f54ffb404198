import { expect } from 'vitest';
import { type Client, connect } from '../testing/client.ts';

/** How long each client waits between two messages, in ms: well within the limits. */
const every = 40;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, every));

/** Clients that behave: half of them talk with an echo, half in a room, and visitors come and go. */
export class HonestClients {
  readonly #clients: readonly Client[];
  readonly #talks: Promise<void>[];
  readonly #visits: Promise<void>;
  #isOver = false;

  private constructor(origin: string, clients: readonly Client[]) {
    this.#clients = clients;
    this.#talks = clients.map((client, n) => this.#talk(client, n));
    this.#visits = this.#visit(origin);
    // Only `finish` awaits them, and they may fail before that.
    Promise.all([...this.#talks, this.#visits]).catch(() => undefined);
  }

  static async open(origin: string, count: number): Promise<HonestClients> {
    const address = (n: number): string => (n % 2 === 0 ? '/echo' : '/broadcast/honest');
    return new HonestClients(origin, await Promise.all(Array.from({ length: count }, (_, n) => connect(origin + address(n)))));
  }

  /** Has each client say a last word. Throws if one was refused, or did not get back all that it said, in order. */
  async finish(): Promise<void> {
    this.#isOver = true;
    await Promise.all([...this.#talks, this.#visits]);
    const endings = await Promise.all(this.#clients.map((client) => client.close()));
    expect(endings.map(({ code, reason }) => `${code} ${reason}`)).toEqual(this.#clients.map(() => '1000 '));
  }

  /** Says one word after another, each when the one before has come back. */
  async #talk({ socket, messages, closed }: Client, n: number): Promise<void> {
    const refused = closed.then(({ code, reason }) => {
      throw new Error(`An honest client was closed: ${code} ${reason}`);
    });
    const said: string[] = [];
    const say = async (): Promise<void> => {
      const word = `${n}: ${said.length}`;
      said.push(word);
      socket.send(word);
      await Promise.race([messages.first((text) => text === word), refused]);
    };
    while (!this.#isOver) {
      await say();
      await pause();
    }
    await say();
    refused.catch(() => undefined);
    expect(messages.all.filter((text) => text.startsWith(`${n}: `))).toEqual(said);
  }

  /** Opens a connection, speaks, closes it and sends an HTTP request, again and again. */
  async #visit(origin: string): Promise<void> {
    do {
      const visitor = await connect(`${origin}/echo`);
      visitor.socket.send('hello');
      expect(await visitor.messages.next()).toBe('hello');
      expect((await visitor.close()).code).toBe(1000);
      expect((await fetch(`${origin}/poll/honest`)).status).toBe(200);
      await pause();
    } while (!this.#isOver);
  }
}
