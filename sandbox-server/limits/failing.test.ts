import { expect, test } from 'vitest';
import { binary, more, ping, text } from '../conformance/case.ts';
import { handshakeRequest, RawClient } from '../conformance/raw-client.ts';
import { startServer, until } from '../testing/client.ts';
import { newSession } from '../testing/new-session.ts';

const limits = { maxMessageBytes: 1000, maxFragments: 8, messagesPerSecond: 1, messageBurst: 10 };
const open = { fin: false };

const faults = [
  ['a message too long', 1009, [binary(new Uint8Array(1001))]],
  ['fragments too long together', 1009, [text('x'.repeat(600), open), more('x'.repeat(600))]],
  ['too many fragments', 1008, [text('x', open), ...Array.from({ length: 8 }, () => more('x', open))]],
  ['too many messages', 1008, Array.from({ length: 50 }, () => text('x'))],
  ['too many pings', 1008, Array.from({ length: 50 }, () => ping())],
  ['text that is not UTF-8', 1007, [text(Uint8Array.of(0xff))]],
  ['a reserved opcode', 1002, [text('x', { rsv1: true })]],
] as const;

const ways = [
  ['without a session', () => Promise.resolve('/echo')],
  ['over a link', () => Promise.resolve('/echo?latency=5')],
  ['within a session', async (origin: string) => `/s/${await newSession(origin)}/echo`],
] as const;

for (const [where, targetOf] of ways) {
  test.each(faults)(
    `%s closes with %i, ends the server’s side at once, and a client that neither answers nor hangs up is cut, ${where}`,
    async (_, code, frames) => {
      await using running = await startServer({ ...limits, closeTimeout: 0.2 });
      const client = await RawClient.open(running.port);
      await client.send([Buffer.from(handshakeRequest(await targetOf(running.origin)))], 'whole');
      await client.until(() => client.head !== undefined, 5000);
      await client.send(frames, 'whole');
      await client.until(() => client.ended, 5000);
      const last = client.frames.at(-1);
      expect([last?.opcode, Buffer.from(last?.payload ?? []).readUInt16BE()]).toEqual([8, code]);
      expect(running.server.stats().connections).toBe(1);
      await client.send([text('still here'), ping()], 'whole');
      await until(() => running.server.stats().connections === 0);
      expect(client.frames.at(-1)).toBe(last);
      client.destroy();
    },
  );
}
