import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { type ClientOptions, WebSocket } from 'ws';
import { Client } from './client.ts';

/** The header that tells a server of these tests where a client is from. */
export const addressHeader = 'x-client-address';

/** Something that a visitor has got from the server, until the server takes it away. */
export interface Gotten {
  /** What the server said when it took it away; undefined while the visitor still has it. */
  lost: string | undefined;
}

/** Thrown when a visitor does not get what they asked for; `message` is what the server said. */
export class Refused extends Error {
  override name = 'Refused';
}

/** A whole answer. */
export interface Answer {
  status: number;
  text: string;
}

/** A client with its own address and its own TCP connection for requests, in a session or without. */
export class Visitor {
  readonly origin: string;
  readonly address: string;
  /** The beginning of the addresses that it requests. */
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

  /** Opens a WebSocket; throws what the server said if it is refused. */
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

  /** Opens a WebSocket; its `lost` says how it ended. */
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

  /** Opens an event stream and collects what comes on it in `text`. */
  async stream(target: string): Promise<Gotten & { text: string }> {
    const answer = await this.#request(target, 'GET', '');
    if (answer.statusCode !== 200) throw new Refused(await textOf(answer));
    const gotten = { lost: undefined as string | undefined, text: '' };
    answer.on('data', (chunk: Buffer) => (gotten.text += chunk.toString()));
    answer.on('close', () => (gotten.lost = /: (.*)\n\n$/.exec(gotten.text)?.[1] ?? 'ended without a word'));
    return gotten;
  }

  /** Leaves, without waiting for open requests. */
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
