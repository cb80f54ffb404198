/** Limits that each connection, session or address has to itself: only the client that exceeds one is refused. */
import { expect } from 'vitest';
import { encodeFrame, Opcode } from '../../../protocol/wire/frame.ts';
import { handshakeRequest, RawClient } from '../../conformance/raw-client.ts';
import type { OptionName, Options } from '../../options.ts';
import { addressHeader, Visitor } from '../../testing/visitor.ts';
import {
  burst,
  closedWith,
  floodOfMessages,
  floodOfRefusals,
  floodOfRequests,
  floodOfSessions,
  heldRefusals,
  keptFloor,
  longHistory,
  type Run,
  slowReader,
  slowTap,
  times,
} from './own-runs.ts';

/** A limit with a run that goes beyond it, or the reason why no client can. */
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
    async run(served, greedy, neighbours) {
      await times(2, async () => burst(await greedy.connect('/echo'), 20));
      await floodOfMessages(served, greedy, neighbours);
      for (const visitor of neighbours.visitors) await burst(await visitor.connect('/echo'), 15);
    },
  },
  {
    limit: 'addressShare',
    what: 'connections that use up what their address may send are closed',
    options: { messagesPerSecond: 1, messageBurst: 100, sessionShare: 0, addressShare: 4 },
    stopsClock: true,
    async run(served, greedy, neighbours) {
      await times(4, async () => burst(await greedy.connect('/echo'), 100));
      await floodOfMessages(served, greedy, neighbours);
      for (const visitor of neighbours.visitors) await burst(await visitor.connect('/echo'), 95);
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
