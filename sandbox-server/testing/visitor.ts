import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { type ClientOptions, WebSocket } from 'ws';
import { Client } from './client.ts';

/** The header in which a server of these tests is told where a client is from. */
export const addressHeader = 'x-client-address';

/** What somebody has got of the server, until it is taken away from them. */
export interface Gotten {
  /** The words with which it was taken away; undefined while it is theirs. */
  lost: string | undefined;
}

/** Somebody did not get what they asked for; `message` is what the server said. */
export class Refused extends Error {
  override name = 'Refused';
}

/** An answer, whole. */
export interface Answer {
  status: number;
  text: string;
}

/** Somebody at an address of their own, with a TCP connection of their own for what they ask, in a session or without. */
export class Visitor {
  readonly origin: string;
  readonly address: string;
  /** Where their addresses begin. */
  readonly base: string;
  readonly #agent = new Agent({ keepAlive: true });

  private constructor(origin: string, address: string, base: string) {
    this.origin = origin;
    this.address = address;
    this.base = base;
  }

  static alone(origin: string, address: string): Visitor {
    return new Visitor(origin, address, origin);
  }

  static async inSession(origin: string, address: string): Promise<Visitor> {
    const { status, text } = await Visitor.alone(origin, address).ask('/sessions', 'POST');
    if (status !== 201) throw new Refused(text);
    return new Visitor(origin, address, `${origin}/s/${(JSON.parse(text) as { session: string }).session}`);
  }

  get headers(): Record<string, string> {
    return { [addressHeader]: this.address };
  }

  /** Opens a WebSocket; throws what the server said where it is refused. */
  async connect(target: string, options: ClientOptions = {}): Promise<Client> {
    const socket = new WebSocket(this.base.replace(/^http/, 'ws') + target, { headers: this.headers, ...options });
    const client = new Client(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('unexpected-response', (_, answer) => {
        void textOf(answer).then((text) => reject(new Refused(text)));
      });
      socket.once('error', reject);
    });
    return client;
  }

  /** A WebSocket as something gotten. */
  async open(target: string): Promise<Client & Gotten> {
    const client = await this.connect(target);
    const gotten = Object.assign(client, { lost: undefined as string | undefined });
    void client.closed.then(({ code, reason }) => (gotten.lost = `${code} ${reason}`));
    return gotten;
  }

  async ask(target: string, method = 'GET', body = ''): Promise<Answer> {
    const answer = await this.#request(target, method, body);
    return { status: answer.statusCode ?? 0, text: await textOf(answer) };
  }

  /** Opens an event stream; what it is told is in `text`. */
  async stream(target: string): Promise<Gotten & { text: string }> {
    const answer = await this.#request(target, 'GET', '');
    if (answer.statusCode !== 200) throw new Refused(await textOf(answer));
    const gotten = { lost: undefined as string | undefined, text: '' };
    answer.on('data', (chunk: Buffer) => (gotten.text += chunk.toString()));
    answer.on('close', () => (gotten.lost = /: (.*)\n\n$/.exec(gotten.text)?.[1] ?? 'ended without a word'));
    return gotten;
  }

  /** Goes away: what they ask for is not waited for any more. */
  leave(): void {
    this.#agent.destroy();
  }

  async #request(target: string, method: string, body: string): Promise<IncomingMessage> {
    const sent = request(this.base + target, { agent: this.#agent, method, headers: this.headers });
    sent.end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return answer;
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
}
