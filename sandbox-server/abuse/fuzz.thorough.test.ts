import { expect, test, vi } from 'vitest';
import { encodeFrame } from '../../protocol/wire/frame.ts';
import { fuzzSeeds } from '../../scripts/test/thorough.ts';
import { handshakeRequest, RawClient } from '../conformance/raw-client.ts';
import { connect } from '../testing/client.ts';
import { startWatchedServer } from './base-line.ts';
import { newSession } from '../testing/new-session.ts';

/** Returns a source of bytes, the same for the same seed, so that a failing run can be repeated (linear congruential). */
function bytesFrom(seed: number): (length: number) => Buffer {
  let state = seed >>> 0;
  return (length) => {
    const bytes = Buffer.alloc(length);
    for (let i = 0; i < length; i++) bytes[i] = (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
    return bytes;
  };
}

/** Makes frames, most of them lawful, and then spoils some of their bytes. */
function spoiledFrames(seed: number): { stream: Buffer; chop: number } {
  const bytes = bytesFrom(seed);
  const [count = 0, spoiled = 0, chop = 0] = bytes(3);
  const frames = Array.from({ length: 1 + (count % 6) }, () => {
    const [kind = 0, size = 0, bits = 0] = bytes(3);
    const opcode = kind < 200 ? [0, 1, 2, 9, 10, 8][kind % 6] : kind % 16;
    const payload = opcode === 1 ? Buffer.from('ü'.repeat(size % 60)) : bytes(size % 126);
    const maskingKey = bits < 250 ? bytes(4) : undefined;
    return encodeFrame({ opcode: opcode ?? 1, payload, maskingKey, fin: bits % 4 !== 0, rsv1: bits > 245 });
  });
  const stream = Buffer.concat(frames);
  const places = spoiled % 3;
  for (let i = 0; i < places; i++) stream[bytes(4).readUInt32BE() % stream.length] = bytes(1)[0] ?? 0;
  return { stream, chop: 1 + (chop % 40) };
}

/** Sends what the seed makes. Every other seed hangs up without waiting for an answer. */
async function attack(port: number, target: string, seed: number): Promise<void> {
  const { stream, chop } = spoiledFrames(seed);
  const client = await RawClient.open(port);
  await client.send([Buffer.from(handshakeRequest(target))], 'whole');
  await client.until(() => client.head !== undefined, 5000);
  expect(client.status, `seed ${seed}`).toBe(101);
  await client.send([stream], chop);
  if (seed % 2 === 0) await client.until(() => client.frames.length > 0, 10);
  client.destroy();
}

const targets = [
  ['/echo, where ws reads the socket', () => Promise.resolve('/echo')],
  ['a session, where the tap does', async (origin: string) => `/s/${await newSession(origin)}/echo`],
] as const;

const seedsOfRun = fuzzSeeds({ sample: 500, whole: 100_000 });
const count = `${seedsOfRun.length.toLocaleString('en')} random sequences of spoiled frames, from seed ${seedsOfRun[0]} on,`;
/** Seeds that failed once are kept here. None has yet. */
const kept = [2 ** 31 - 1];

for (const [where, targetOf] of targets) {
  test(
    `${count} throw nothing, stop nobody and leave nothing behind, at ${where}`,
    { timeout: 60_000 + seedsOfRun.length * 20 },
    async () => {
      const failed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
      await using running = await startWatchedServer({ sessionIdle: 0.5 });
      const target = await targetOf(running.origin);
      const seeds = [...kept, ...seedsOfRun].values();
      const work = async (): Promise<void> => {
        for (const seed of seeds) await attack(running.port, target, seed);
      };
      await Promise.all(Array.from({ length: 10 }, work));
      const honest = await connect(`${running.origin}/echo`);
      honest.socket.send('still here');
      expect(await honest.messages.next()).toBe('still here');
      await honest.close();
      await running.backToBaseLine();
      expect(failed).not.toHaveBeenCalled();
      failed.mockRestore();
    },
  );
}

const rawSeeds = fuzzSeeds({ sample: 300, whole: 10_000 });

test(`${rawSeeds.length} random sequences of spoiled frames over /raw, from seed ${rawSeeds[0]} on, throw nothing, are each answered or ended, and leave nothing behind`, async () => {
  const failed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await using running = await startWatchedServer({ sessionIdle: 0.5 });
  const seeds = rawSeeds.values();
  const work = async (): Promise<void> => {
    for (const seed of seeds) {
      const { stream, chop } = spoiledFrames(seed);
      const { socket, closed } = await connect(`${running.origin}/raw`);
      for (let at = 0; at < stream.length; at += 16 * chop) socket.send(stream.subarray(at, at + 16 * chop));
      if (seed % 3 === 0) socket.terminate();
      else socket.send('end');
      expect([1000, 1006], `seed ${seed}`).toContain((await closed).code);
    }
  };
  await Promise.all(Array.from({ length: 10 }, work));
  await running.backToBaseLine();
  expect(failed).not.toHaveBeenCalled();
  failed.mockRestore();
});
