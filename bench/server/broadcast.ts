import type { MeasuredServer } from './child.ts';
import { type Member, openMembers } from './member.ts';

/** The load on a room. */
export interface BroadcastLoad {
  subscribers: number;
  publishers: number;
  /** How many messages a publisher has under way at once: it sends the next when one of its own comes back. */
  outstanding: number;
  payloadBytes: number;
  /** How long to measure, in ms, after a warm-up of a tenth of that. */
  time: number;
}

/** How a peer's messages look on the wire. */
export interface Dialect {
  /** Where members connect. */
  target: string;
  /** Runs after the WebSocket handshake, before the room is used. */
  join?: (member: Member) => Promise<void>;
  wrap: (text: string) => string;
}

export const plain = (target: string): Dialect => ({ target, wrap: (text) => text });

/** Returns the deliveries to subscribers per second of the server's CPU. */
export async function broadcast(server: MeasuredServer, dialect: Dialect, load: BroadcastLoad): Promise<number> {
  const { target, wrap, join } = dialect;
  const subscribers = await openMembers(load.subscribers, server.port, target);
  const publishers = await openMembers(load.publishers, server.port, target);
  if (join) await Promise.all([...subscribers, ...publishers].map(join));
  for (const subscriber of subscribers) subscriber.count();
  const text = (publisher: number, n: number): string => `${publisher}:${n}:`.padEnd(load.payloadBytes, '.');
  const frameBytes = 2 + Buffer.byteLength(wrap(text(0, 0)));
  let running = true;
  for (const [i, publisher] of publishers.entries()) {
    let sent = 0;
    const publish = (): void => publisher.send(wrap(text(i, sent++)));
    const own = wrap(`${i}:`).replace(/["\]]+$/, '');
    publisher.listen(({ payload }) => {
      if (running && Buffer.from(payload.buffer, payload.byteOffset, own.length).toString('latin1') === own) publish();
    });
    for (let n = 0; n < load.outstanding; n++) publish();
  }
  const delivered = (): number => subscribers.reduce((sum, { bytes }) => sum + bytes, 0) / frameBytes;
  await new Promise((resolve) => setTimeout(resolve, load.time / 10));
  const [before, usedBefore] = [delivered(), await server.usage()];
  await new Promise((resolve) => setTimeout(resolve, load.time));
  const [after, usedAfter] = [delivered(), await server.usage()];
  running = false;
  for (const member of [...subscribers, ...publishers]) member.close();
  return (after - before) / (usedAfter.cpu - usedBefore.cpu);
}
