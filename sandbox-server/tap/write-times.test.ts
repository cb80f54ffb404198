import { Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { connect, startServer, watch } from '../testing/client.ts';
import { createTimers } from '../timers.ts';

afterEach(() => void vi.restoreAllMocks());

/** Returns a server whose process stalls for a second after each write to a socket, once the other end has the bytes. */
function stallingAfterWrites() {
  const timers = createTimers();
  const written: { text: string; at: number }[] = [];
  let lost = 0;
  const now = (): number => timers.now() + lost;
  const write = Socket.prototype.write as (...given: unknown[]) => boolean;
  vi.spyOn(Socket.prototype, 'write').mockImplementation(function (this: Socket, ...given: unknown[]) {
    written.push({ text: Buffer.from(given[0] as string | Uint8Array).toString('latin1'), at: now() });
    const more = write.apply(this, given);
    lost += 1000;
    return more;
  });
  const writtenAt = (start: string): number => written.findLast(({ text }) => text.startsWith(start))?.at ?? NaN;
  const options = { pingAfter: 0, deadAfter: 0, sessionIdle: 0, heartbeat: 0, closeTimeout: 0 };
  return { start: () => startServer(options, { timers: { ...timers, now, waiting: 0 } }), writtenAt };
}

test('the tap puts a frame and the answer to a handshake at the socket no later than they were written to it', async () => {
  const { start, writtenAt } = stallingAfterWrites();
  await using running = await start();
  const session = await watch(running.origin);
  const client = await connect(`${session.base}.A1/echo`);
  client.socket.send('there and back');
  await client.messages.next();
  const down = { direction: 'server-to-client' } as const;
  const { time: answeredAt } = await session.event('handshake_received', down);
  const { time: echoedAt } = await session.event('frame_received', down);
  expect(answeredAt).toBeLessThanOrEqual(writtenAt('HTTP/1.1 101'));
  expect(echoedAt).toBeLessThanOrEqual(writtenAt('\x81\x0ethere and back'));
  await client.close();
});

test('the tap puts a part of a response at the socket no later than it was written to it', async () => {
  const { start, writtenAt } = stallingAfterWrites();
  await using running = await start();
  const session = await watch(running.origin);
  await fetch(`${session.base.replace(/^ws/, 'http')}.A1.0/poll/x`);
  const { time } = await session.event('response_received', { at: 'socket' });
  expect(time).toBeLessThanOrEqual(writtenAt('HTTP/1.1 200'));
});
