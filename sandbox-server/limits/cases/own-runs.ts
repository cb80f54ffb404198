/** Greedy visitors: each run goes beyond a limit that a visitor has to itself, and checks what becomes of it. */
import type { Socket } from 'node:net';
import { expect } from 'vitest';
import { RawClient } from '../../conformance/raw-client.ts';
import type { Client } from '../../testing/client.ts';
import { addressHeader, Visitor } from '../../testing/visitor.ts';
import type { Neighbours } from './neighbours.ts';
import type { Served } from './shared.ts';

/** Plays one greedy visitor and checks what becomes of it. */
export type Run = (served: Served, greedy: Visitor, neighbours: Neighbours) => Promise<void>;

/** Acts `count` times, one after the other, and returns all results. */
export const times = async (count: number, act: (i: number) => Promise<unknown>): Promise<unknown[]> => {
  const results: unknown[] = [];
  for (let i = 0; i < count; i++) results.push(await act(i));
  return results;
};

/** Sends `count` messages at once and waits until all have come back. */
export async function burst({ socket, messages }: Client, count: number): Promise<void> {
  for (let i = 0; i < count; i++) socket.send(`${i}`);
  await times(count, () => messages.next());
}

/** Returns a run that sends too much of something and expects the connection to be closed with `code`. */
export const closedWith =
  (code: number, send: (client: Client) => void): Run =>
  async (_, greedy) => {
    const client = await greedy.connect('/echo');
    send(client);
    expect((await client.closed).code).toBe(code);
  };

export const floodOfMessages = closedWith(1008, ({ socket }) => {
  for (let i = 0; i < 100; i++) socket.send('x');
});

export const floodOfRequests: Run = async (_, greedy) => {
  const statuses = await times(12, async () => (await greedy.ask('/poll/x')).status);
  expect(statuses.slice(0, 8)).toEqual(Array(8).fill(200));
  expect(statuses).toContain(429);
};

/** Floods over one TCP connection; others start sessions over connections of their own. */
export const floodOfSessions: Run = async ({ origin }, { address }) => {
  const greedy = Visitor.alone(origin, address);
  const statuses = await times(12, async () => (await greedy.ask('/sessions', 'POST')).status);
  expect(statuses).toContain(429);
  for (const one of [address, '192.0.2.3']) await Visitor.inSession(origin, one);
  expect((await greedy.ask('/sessions', 'POST')).status).toBe(429);
  greedy.leave();
};

/** Guesses until the answers are delayed; others who make a mistake are still told at once. */
export const floodOfRefusals: Run = async ({ origin, figure }, { address }) => {
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
export const heldRefusals: Run = async ({ origin, port, figure }, { address }) => {
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
export const slowReader: Run = async ({ figure }, greedy, { visitors }) => {
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
export const keptFloor: Run = async (_, greedy, { visitors: [neighbour] }) => {
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
export const longHistory: Run = async (_, greedy, { visitors: [neighbour] }) => {
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
export const slowTap: Run = async (_, greedy) => {
  const tap = await greedy.open('/tap');
  const client = await greedy.open('/echo');
  await burst(client, 90);
  await tap.messages.first((text) => text.includes('events_omitted'));
};
