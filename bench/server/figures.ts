/** All figures but broadcast: echo times, memory, bursts of connects, and whether a link keeps its promise. */
import { once } from 'node:events';
import type { MeasuredServer } from './child.ts';
import { Member, openMembers } from './member.ts';

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Returns the round-trip times of 32 bytes, sent one after another, in ms. */
export async function echoTimes(port: number, count: number): Promise<number[]> {
  const client = await Member.open(port, '/echo');
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const sentAt = performance.now();
    client.send('x'.repeat(32));
    await once(client.socket, 'data');
    times.push(performance.now() - sentAt);
  }
  client.close();
  return times.slice(count / 10);
}

/** Returns the bytes of resident memory that the server uses for each open, silent connection. */
export async function idleMemory(server: MeasuredServer, target: string, count: number): Promise<number> {
  // Warm up, so that the process has compiled its code and filled its pools.
  for (const member of await openMembers(count / 2, server.port, target)) member.close();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const before = (await server.usageCollected()).memory;
  const members = await openMembers(count, server.port, target);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const after = (await server.usageCollected()).memory;
  for (const member of members) member.close();
  return (after - before) / count;
}

/** Returns the connections opened per second, up to 50 at a time. */
export async function connectBurst(port: number, target: string, count: number): Promise<number> {
  const began = performance.now();
  const members = await openMembers(count, port, target);
  const took = performance.now() - began;
  for (const member of members) member.close();
  return count / (took / 1000);
}

/** Returns the median round trip, in ms, over a link with `latency` ms each way. */
export async function linkLatency(port: number, latency: number): Promise<number> {
  const client = await Member.open(port, `/echo?latency=${latency}`);
  const times: number[] = [];
  for (let i = 0; i < 11; i++) {
    const sentAt = performance.now();
    client.send('x');
    await once(client.socket, 'data');
    times.push(performance.now() - sentAt);
  }
  client.close();
  return median(times);
}

/** Returns the bits per second that come back over a link of `bandwidth` while both directions are busy. */
export async function linkBandwidth(port: number, bandwidth: number): Promise<number> {
  const client = await Member.open(port, `/echo?bandwidth=${bandwidth}`);
  const arrivals: { at: number; bytes: number }[] = [];
  client.socket.on('data', ({ length }: Buffer) => arrivals.push({ at: performance.now(), bytes: length }));
  const count = 40;
  const frame = Math.round(bandwidth / 8 / 20);
  for (let i = 0; i < count; i++) client.send('x'.repeat(frame));
  const total = (frame + 4) * count;
  const came = (): number => arrivals.reduce((sum, { bytes }) => sum + bytes, 0);
  while (came() < total) await once(client.socket, 'data');
  client.close();
  const first = arrivals[0] as (typeof arrivals)[number];
  const last = arrivals.at(-1) as (typeof arrivals)[number];
  return ((came() - first.bytes) * 8) / ((last.at - first.at) / 1000);
}

/**
 * Sends `perSecond` messages for `seconds` to a room of `count`. Returns the ms from sending to arrival at each timed listener,
 * and how many deliveries were lost.
 */
export async function roomDelays(
  port: number,
  target: string,
  count: number,
  perSecond: number,
  seconds: number,
): Promise<{ delays: number[]; lost: number }> {
  const members = await openMembers(count, port, target);
  const timed = members.slice(-50);
  const delays: number[] = [];
  for (const member of members) {
    if (!timed.includes(member)) member.count();
    else member.listen(({ payload }) => delays.push(performance.now() - Number(Buffer.from(payload).toString())));
  }
  const stamp = (): string => performance.now().toFixed(3).padStart(32, '0');
  const total = perSecond * seconds;
  const began = performance.now();
  for (let sent = 0; sent < total; sent++) {
    const wait = began + (sent * 1000) / perSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    members[sent % 10]?.send(stamp());
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  const lost = members.reduce((sum, { bytes }) => sum + total - bytes / 34, 0);
  for (const member of members) member.close();
  return { delays, lost };
}

/** Opens `count` connections and waits until all have closed: half are cut, half send a Close frame. */
export async function comeAndGo(port: number, count: number): Promise<void> {
  const targets = ['/echo', '/broadcast/gone', '/ticker?every=10', '/echo?latency=1'];
  for (let done = 0; done < count; done += 50) {
    const members = await openMembers(50, port, targets[(done / 50) % targets.length] as string);
    for (const [i, member] of members.entries()) {
      if (i % 2 === 0) member.close();
      else member.socket.end(Uint8Array.of(0x88, 0x80, 0, 0, 0, 0));
    }
    for (const { socket } of members) socket.resume();
    await Promise.all(members.filter(({ socket }) => !socket.closed).map(({ socket }) => once(socket, 'close')));
  }
}
