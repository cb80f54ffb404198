/** Limits that each connection, session or address has to itself: only the client that exceeds one is refused. */
import type { Socket } from 'node:net';
import { expect } from 'vitest';
import { encodeFrame, Opcode } from '../../../protocol/wire/frame.ts';
import { handshakeRequest, RawClient } from '../../conformance/raw-client.ts';
import type { OptionName, Options } from '../../options.ts';
import type { Client } from '../../testing/client.ts';
import { addressHeader, type Gotten, Visitor } from '../../testing/visitor.ts';
import type { Served } from './shared.ts';

/** Plays one greedy visitor and checks what becomes of it. */
type Run = (served: Served, greedy: Visitor, neighbours: Neighbours) => Promise<void>;

export type OwnCase = { limit: OptionName } & (
  | {
      what: string;
      options: Partial<Options>;
      /** Stops the server's clock, so that a rate gives no more than its burst, however busy the machine is. */
      stopsClock?: boolean;
      run: Run;
    }
  | { because: string }
);

/** Two well-behaved visitors: one at the greedy visitor's address, one elsewhere. Each talks to an echo and has a tap. */
export class Neighbours {
  readonly visitors: readonly [Visitor, Visitor];
  readonly #gotten: readonly (Client & Gotten)[];
  readonly #told: string[] = [];

  private constructor(visitors: [Visitor, Visitor], gotten: (Client & Gotten)[], taps: Client[]) {
    this.visitors = visitors;
    this.#gotten = gotten;
    for (const tap of taps) tap.socket.on('message', (data: Buffer) => this.#told.push(data.toString()));
  }

  static async of(origin: string): Promise<Neighbours> {
    const visitors = await Promise.all([Visitor.inSession(origin, '192.0.2.1'), Visitor.inSession(origin, '192.0.2.2')]);
    const taps = await Promise.all(visitors.map((visitor) => visitor.open('/tap')));
    const echoes = await Promise.all(visitors.map((visitor) => visitor.open('/echo')));
    return new Neighbours(visitors, [...echoes, ...taps], taps);
  }

  /** Checks that both still get an echo and an HTTP answer, that they lost nothing, and that their taps omitted nothing. */
  async finish(): Promise<void> {
    for (const [i, { socket, messages }] of this.#gotten.slice(0, 2).entries()) {
      socket.send(`still here ${i}`);
      expect(await messages.next()).toBe(`still here ${i}`);
    }
    for (const visitor of this.visitors) expect((await visitor.ask('/poll/~mine')).status).toBe(200);
    expect(this.#gotten.map(({ lost }) => lost)).toEqual([undefined, undefined, undefined, undefined]);
    expect(this.#told.filter((text) => text.includes('events_omitted'))).toEqual([]);
    for (const visitor of this.visitors) visitor.leave();
  }
}

const times = async (count: number, act: (i: number) => Promise<unknown>): Promise<unknown[]> => {
  const results: unknown[] = [];
  for (let i = 0; i < count; i++) results.push(await act(i));
  return results;
};

/** Sends `count` messages at once and waits until all have come back. */
async function burst({ socket, messages }: Client, count: number): Promise<void> {
  for (let i = 0; i < count; i++) socket.send(`${i}`);
  await times(count, () => messages.next());
}

/** Returns a run that sends too much of something and expects the connection to be closed with `code`. */
const closedWith =
  (code: number, send: (client: Client) => void): Run =>
  async (_, greedy) => {
    const client = await greedy.connect('/echo');
    send(client);
    expect((await client.closed).code).toBe(code);
  };

const floodOfMessages = closedWith(1008, ({ socket }) => {
  for (let i = 0; i < 100; i++) socket.send('x');
});

const floodOfRequests: Run = async (_, greedy) => {
  const statuses = await times(12, async () => (await greedy.ask('/poll/x')).status);
  expect(statuses.slice(0, 8)).toEqual(Array(8).fill(200));
  expect(statuses).toContain(429);
};

/** Floods over one TCP connection; others start sessions over connections of their own. */
const floodOfSessions: Run = async ({ origin }, { address }) => {
  const greedy = Visitor.alone(origin, address);
  const statuses = await times(12, async () => (await greedy.ask('/sessions', 'POST')).status);
  expect(statuses).toContain(429);
  for (const one of [address, '192.0.2.3']) await Visitor.inSession(origin, one);
  expect((await greedy.ask('/sessions', 'POST')).status).toBe(429);
  greedy.leave();
};

/** Guesses until the answers are delayed; others who make a mistake are still told at once. */
const floodOfRefusals: Run = async ({ origin, figure }, { address }) => {
  const greedy = Visitor.alone(origin, address);
  const waits: Promise<unknown>[] = [];
  while ((await figure('held_refusals')) === 0) {
    waits.push(greedy.ask('/no-such-address').catch(() => 'left'));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const one of [address, '192.0.2.3']) {
    const erring = Visitor.alone(origin, one);
    expect((await erring.ask('/no-such-address')).status).toBe(404);
    erring.leave();
  }
  expect(await figure('held_refusals')).toBeGreaterThan(0);
  greedy.leave();
  await Promise.all(waits);
};

/** Guesses on one TCP connection, without waiting for the answers. */
const heldRefusals: Run = async ({ origin, port, figure }, { address }) => {
  const greedy = await RawClient.open(port);
  const guess = `GET /no-such-address HTTP/1.1\r\nHost: x\r\n${addressHeader}: ${address}\r\n\r\n`;
  await greedy.send([Buffer.from(guess.repeat(8))], 'whole');
  while ((await figure('held_refusals')) < 4);
  const erring = Visitor.alone(origin, address);
  const { status, text } = await erring.ask('/no-such-address');
  expect([status, text]).toEqual([404, expect.stringMatching(/^There is no such address here/)]);
  expect(await figure('gave_way_total{limit="maxHeldRefusals"}')).toBeGreaterThan(0);
  greedy.destroy();
  erring.leave();
};

/** Joins a room with others and reads nothing. */
const slowReader: Run = async ({ figure }, greedy, { visitors }) => {
  const [speaker, reader] = await Promise.all(visitors.map((visitor) => visitor.open('/broadcast/hall')));
  if (!speaker || !reader) throw new Error('nobody is there');
  const slow = await greedy.connect('/broadcast/hall');
  (slow.socket as unknown as { _socket: Socket })._socket.pause();
  let sent = 0;
  while ((await figure('limits_reached_total{limit="maxQueueBytes"}')) === 0) {
    speaker.socket.send(`${sent++}`.padEnd(60_000));
    await reader.messages.next();
  }
  expect(reader.messages.all).toHaveLength(sent);
  expect([speaker.lost, reader.lost]).toEqual([undefined, undefined]);
  slow.socket.terminate();
};

/** Requests the floor for all stations of one session, which keep it as long as they may. */
const keptFloor: Run = async (_, greedy, { visitors: [neighbour] }) => {
  const stations = await times(3, () => greedy.open('/half-duplex/everybody'));
  const ask = '{"type":"request","wait":true}';
  for (const { socket, messages } of stations as Client[]) {
    socket.send(ask);
    await messages.first((text) => text.includes('"granted"') || text.includes('"waiting"'));
  }
  const honest = await neighbour.open('/half-duplex/everybody');
  honest.socket.send(ask);
  expect(await honest.messages.first((text) => text.includes('"waiting"'))).toContain('"ahead":1');
  await honest.messages.first((text) => text.includes('"granted"'));
  const granted = (stations as Client[]).filter(({ messages }) => messages.all.some((text) => text.includes('"granted"')));
  expect(granted).toHaveLength(1);
};

/** Says a lot on channels and in rooms of its own; the server still keeps what others have said. */
const longHistory: Run = async (_, greedy, { visitors: [neighbour] }) => {
  const room = async (visitor: Visitor, name: string, words: string): Promise<void> => {
    const client = await visitor.open(`/broadcast/~${name}`);
    client.socket.send(words);
    await client.messages.next();
    await client.close();
  };
  await neighbour.ask('/messages/~news', 'POST', 'kept');
  await room(neighbour, 'board', 'kept');
  await times(20, async (i) => {
    await greedy.ask(`/messages/~${i}`, 'POST', 'x'.repeat(10_000));
    await room(greedy, `room-${i}`, 'x'.repeat(10_000));
  });
  expect(JSON.parse((await neighbour.ask('/poll/~news')).text)).toEqual({ messages: [{ id: 1, data: 'kept' }], last: 1 });
  const back = await neighbour.open('/broadcast/~board?after=0');
  expect(await back.messages.next()).toBe('{"id":1,"data":"kept"}');
};

/** Says more than its session's tap can be told at a time. */
const slowTap: Run = async (_, greedy) => {
  const tap = await greedy.open('/tap');
  const client = await greedy.open('/echo');
  await burst(client, 90);
  await tap.messages.first((text) => text.includes('events_omitted'));
};

const few = { messagesPerSecond: 1, messageBurst: 20 };
const fewRequests = { requestsPerSecond: 1, requestBurst: 10 };

export const ownCases: readonly OwnCase[] = [
  {
    limit: 'maxMessageBytes',
    what: 'a message too long closes its connection',
    options: { maxMessageBytes: 1000 },
    run: closedWith(1009, ({ socket }) => socket.send('x'.repeat(1001))),
  },
  {
    limit: 'maxFragments',
    what: 'a message in too many fragments closes its connection',
    options: { maxFragments: 8 },
    run: closedWith(1008, ({ socket }) => {
      for (let i = 0; i < 9; i++) socket.send('x', { fin: false });
    }),
  },
  ...(['messagesPerSecond', 'messageBurst'] as const).map((limit) => ({
    limit,
    what: 'a flood of messages closes its connection',
    options: few,
    stopsClock: true,
    run: floodOfMessages,
  })),
  {
    limit: 'sessionShare',
    what: 'connections that flood together are closed',
    options: { ...few, sessionShare: 2 },
    stopsClock: true,
    async run(_, greedy, { visitors }) {
      await times(2, async () => burst(await greedy.connect('/echo'), 20));
      await floodOfMessages(_, greedy, { visitors } as Neighbours);
      for (const visitor of visitors) await burst(await visitor.connect('/echo'), 15);
    },
  },
  {
    limit: 'addressShare',
    what: 'connections that use up what their address may send are closed',
    options: { messagesPerSecond: 1, messageBurst: 100, sessionShare: 0, addressShare: 4 },
    stopsClock: true,
    async run(_, greedy, { visitors }) {
      await times(4, async () => burst(await greedy.connect('/echo'), 100));
      await floodOfMessages(_, greedy, { visitors } as Neighbours);
      for (const visitor of visitors) await burst(await visitor.connect('/echo'), 95);
    },
  },
  {
    limit: 'addressShare',
    what: 'sessions that use up what their address may ask are answered 429',
    options: { ...fewRequests, addressShare: 4 },
    stopsClock: true,
    async run({ origin }, { address }, { visitors }) {
      const greedy = await Promise.all(Array.from({ length: 4 }, () => Visitor.inSession(origin, address)));
      const statuses: unknown[] = [];
      for (const one of greedy) statuses.push(...(await times(11, async () => (await one.ask('/poll/x')).status)));
      expect(statuses).toContain(429);
      for (const visitor of visitors) {
        expect(await times(4, async () => (await visitor.ask('/poll/x')).status)).toEqual([200, 200, 200, 200]);
      }
      for (const one of greedy) one.leave();
    },
  },
  {
    limit: 'maxQueueBytes',
    what: 'one who never reads is closed',
    options: { maxQueueBytes: 300_000, messagesPerSecond: 0, tapQueueBytes: 0, tapQueueEvents: 0 },
    run: slowReader,
  },
  {
    limit: 'floorTime',
    what: 'one who keeps the floor loses it, and others have their turn before its next',
    options: { floorTime: 0.2 },
    run: keptFloor,
  },
  {
    limit: 'longPollTimeout',
    what: 'a long poll is answered after it',
    options: { longPollTimeout: 0.2 },
    async run(_, greedy, { visitors: [neighbour] }) {
      const held = neighbour.ask('/long-poll/~news?timeout=60000');
      expect((await greedy.ask('/long-poll/~news')).status).toBe(204);
      await neighbour.ask('/messages/~news', 'POST', 'heard');
      expect((await held).text).toContain('heard');
    },
  },
  { limit: 'heartbeat', because: 'The server speaks by itself.' },
  ...(['requestsPerSecond', 'requestBurst'] as const).map((limit) => ({
    limit,
    what: 'a flood of requests is answered 429',
    options: fewRequests,
    stopsClock: true,
    run: floodOfRequests,
  })),
  ...(['sessionsPerSecond', 'sessionBurst'] as const).map((limit) => ({
    limit,
    what: 'a flood of new sessions is answered 429',
    options: { sessionsPerSecond: 1, sessionBurst: 10 },
    stopsClock: true,
    run: floodOfSessions,
  })),
  ...(['refusalsPerSecond', 'refusalBurst', 'refusalDelay'] as const).map((limit) => ({
    limit,
    what: 'one who is refused too often waits for the answers',
    options: { refusalsPerSecond: 1, refusalBurst: 8, refusalDelay: 60 },
    stopsClock: true,
    run: floodOfRefusals,
  })),
  {
    limit: 'maxHeldRefusals',
    what: 'one whose refusals wait on one connection is told so, the oldest first',
    options: { refusalsPerSecond: 1, refusalBurst: 1, refusalDelay: 1, maxHeldRefusals: 4 },
    stopsClock: true,
    run: heldRefusals,
  },
  {
    limit: 'historyMessages',
    what: 'only the last messages of its own channel are kept',
    options: { historyMessages: 4 },
    async run(_, greedy, { visitors: [neighbour] }) {
      await neighbour.ask('/messages/~news', 'POST', 'kept');
      await times(10, () => greedy.ask('/messages/~news', 'POST', 'x'));
      expect((await greedy.ask('/poll/~news?after=1')).text).toContain('"gap"');
      expect((await neighbour.ask('/poll/~news')).text).toContain('kept');
    },
  },
  { limit: 'historyAge', because: 'Each message has it for itself.' },
  {
    limit: 'maxHistoryBytes',
    what: 'one who says the most loses its oldest messages',
    options: { maxHistoryBytes: 100_000 },
    run: longHistory,
  },
  {
    limit: 'sessionIdle',
    what: 'a session that nothing is connected to ends',
    options: { sessionIdle: 0.2 },
    async run({ figure }, greedy) {
      while ((await figure('sessions')) > 2);
      expect((await greedy.ask('/poll/x')).status).toBe(404);
    },
  },
  {
    limit: 'handshakeTimeout',
    what: 'one who never finishes its request is answered 408',
    options: { handshakeTimeout: 0.3 },
    async run({ port }) {
      const slow = await RawClient.open(port);
      await slow.send([Buffer.from(handshakeRequest('/echo').slice(0, 40))], 'whole');
      await slow.until(() => slow.head !== undefined, 30_000);
      expect(slow.status).toBe(408);
      slow.destroy();
    },
  },
  ...(['pingAfter', 'deadAfter'] as const).map((limit) => ({
    limit,
    what: 'one who answers no ping is gone',
    // Long enough for the neighbours to answer, even on a busy machine.
    options: { pingAfter: 0.1, deadAfter: 2 },
    run: (async (_, greedy) => {
      const dead = await greedy.connect('/echo', { autoPong: false });
      expect((await dead.closed).code).toBe(1006);
    }) satisfies Run,
  })),
  {
    limit: 'closeTimeout',
    what: 'one who neither answers a Close nor hangs up is cut',
    options: { closeTimeout: 0.2, maxMessageBytes: 1000 },
    async run({ port, figure }) {
      const before = await figure('websocket_connections');
      const deaf = await RawClient.open(port);
      await deaf.send([Buffer.from(handshakeRequest('/echo', { [addressHeader]: '192.0.2.1' }))], 'whole');
      await deaf.until(() => deaf.head !== undefined, 30_000);
      const payload = new Uint8Array(1001);
      const maskingKey = Uint8Array.of(0, 0, 0, 0);
      await deaf.send([encodeFrame({ opcode: Opcode.binary, payload, maskingKey })], 'whole');
      while ((await figure('websocket_closes_total{code="1009"}')) === 0);
      while ((await figure('websocket_connections')) > before);
      deaf.destroy();
    },
  },
  { limit: 'drain', because: 'The server closes down for all.' },
  {
    limit: 'tapQueueBytes',
    what: 'what a slow tap is not told is counted there',
    options: { tapQueueBytes: 10_000 },
    run: slowTap,
  },
  {
    limit: 'tapQueueEvents',
    what: 'what a slow tap is not told is counted there',
    options: { tapQueueEvents: 40 },
    run: slowTap,
  },
];
