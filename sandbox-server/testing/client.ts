import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { SessionAnswer, TapToPage, TapToSandbox } from '../../protocol/messages/tap-messages.ts';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import type { Options } from '../options.ts';
import type { Surroundings } from '../serving/services.ts';
import { createSandboxServer, type SandboxServer } from '../server.ts';

/** How a connection ended. */
export interface Ending {
  code: number;
  reason: string;
}

/** Items that arrive one after another, which a test can wait for. */
export class Arrivals<Item> {
  readonly all: Item[] = [];
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  add(item: Item): void {
    this.all.push(item);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Returns the next item that nobody has taken yet, once it is there. */
  async next(): Promise<Item> {
    while (this.#taken >= this.all.length) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.all[this.#taken++] as Item;
  }

  /** Returns the first item that fits, of those that have come and those still to come. */
  async first(fits: (item: Item) => boolean): Promise<Item> {
    for (;;) {
      const found = this.all.find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}

/** A plain client: a message is text, or bytes as hexadecimal text. */
export class Client {
  readonly socket: WebSocket;
  readonly messages = new Arrivals<string>();
  readonly pings = new Arrivals<string>();
  readonly pongs = new Arrivals<string>();
  readonly closed: Promise<Ending>;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer, isBinary) => this.messages.add(isBinary ? data.toString('hex') : data.toString()));
    socket.on('ping', (data: Buffer) => this.pings.add(data.toString()));
    socket.on('pong', (data: Buffer) => this.pongs.add(data.toString()));
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** Closes and waits until that is done. */
  async close(): Promise<Ending> {
    this.socket.close(1000);
    return await this.closed;
  }
}

/** Opens a connection; rejects if the upgrade is refused. */
export async function connect(address: string, options: ConstructorParameters<typeof WebSocket>[2] = {}): Promise<Client> {
  const client = new Client(new WebSocket(address.replace(/^http/, 'ws'), { perMessageDeflate: false, ...options }));
  await once(client.socket, 'open');
  return client;
}

/** Returns the status and text of a refused upgrade. */
export async function refusedUpgrade(address: string): Promise<{ status: number | undefined; text: string }> {
  const socket = new WebSocket(address.replace(/^http/, 'ws'));
  socket.on('error', () => undefined);
  const response = await new Promise<IncomingMessage>((resolve) => {
    socket.on('unexpected-response', (_, answer) => resolve(answer));
  });
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, text };
}

/** A session with its tap open. */
export class WatchedSession {
  readonly base: string;
  readonly tap: Client;
  readonly messages = new Arrivals<TapToPage>();
  readonly events = new Arrivals<TraceEvent>();

  constructor(base: string, tap: Client) {
    this.base = base;
    this.tap = tap;
    tap.socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as TapToPage;
      this.messages.add(message);
      if (message.type === 'events') message.events.forEach((event) => this.events.add(event));
    });
  }

  /** Waits for the first event with this name and these properties. */
  async event<Name extends TraceEvent['name']>(name: Name, properties: object = {}): Promise<TraceEvent & { name: Name }> {
    const fits = (event: TraceEvent): boolean =>
      event.name === name && Object.entries(properties).every(([key, value]) => event[key as keyof TraceEvent] === value);
    return (await this.events.first(fits)) as TraceEvent & { name: Name };
  }

  /** Returns text, or bytes as hexadecimal text, as the tap tells them: with `*` for each character of the session's name. */
  asTold(sent: string): string {
    const name = this.base.split('/').at(-1) ?? '';
    const hex = (text: string): string => Buffer.from(text).toString('hex');
    const stars = '*'.repeat(name.length);
    return sent.replaceAll(name, stars).replaceAll(hex(name), hex(stars));
  }

  send(message: TapToSandbox): void {
    this.tap.socket.send(JSON.stringify(message));
  }
}

/** Starts a session and opens its tap, both through `origin`. */
export async function watch(origin: string, conditions: Partial<LinkConditions> = {}): Promise<WatchedSession> {
  const query = new URLSearchParams(Object.entries(conditions).map(([name, value]) => [name, String(value)]));
  const answer = await fetch(`${origin}/sessions?${query.toString()}`, { method: 'POST' });
  const { session, tap } = (await answer.json()) as SessionAnswer;
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}${tap}`);
  const watched = new WatchedSession(`${origin}/s/${session}`, new Client(socket));
  await watched.messages.first(({ type }) => type === 'ready');
  return watched;
}

/** Starts a real server on a free port, without a site, whose message ids begin with 1. Ends with `await using`. */
export async function startServer(
  options: Partial<Options> = {},
  surroundings: Surroundings = { epoch: 0 },
): Promise<{ origin: string; port: number; server: SandboxServer } & AsyncDisposable> {
  const given = { port: 0, host: '127.0.0.1', site: 'no-such-folder', drain: 1, ...options };
  const server = createSandboxServer(given, surroundings);
  const { port, origin } = await server.listen();
  return { origin, port, server, [Symbol.asyncDispose]: () => server.close() };
}

/** Waits until `holds` returns true. The test's own time limit ends it otherwise. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}
