import { expect, test } from 'vitest';
import { epochAt } from './endpoints/channels/epoch.ts';
import type { PollAnswer } from './endpoints/channels/poll.ts';
import { connect, startServer } from './testing/client.ts';
import { openEvents } from './testing/event-stream.ts';

const get = async (address: string): Promise<PollAnswer> => (await (await fetch(address)).json()) as PollAnswer;
const post = async (address: string, body: string): Promise<number> =>
  ((await (await fetch(address, { method: 'POST', body })).json()) as { id: number }).id;

/** Says `count` things on the channel and in the room `x` of a new server, and ends it. Returns its port and the last ids. */
async function formerProcess(count: number): Promise<{ port: number; message: number; inRoom: number }> {
  await using running = await startServer({}, {});
  for (let i = 0; i < count; i++) await post(`${running.origin}/messages/x`, `old ${i}`);
  const { last } = await get(`${running.origin}/poll/x`);
  const client = await connect(`${running.origin}/broadcast/x?after=0`);
  let inRoom = 0;
  for (let i = 0; i < count; i++) {
    client.socket.send(`old ${i}`);
    inRoom = (JSON.parse(await client.messages.next()) as { id: number }).id;
  }
  return { port: running.port, message: last, inRoom };
}

// The new process has said less than the old one, as much, or more.
test.each([0, 3, 5, 8])(
  'a client that comes back with an id from before a restart is told of a gap, after %i new messages',
  async (count) => {
    const old = await formerProcess(5);
    await using running = await startServer({ port: old.port }, {});
    const { origin } = running;
    const told: string[] = [];
    for (let i = 0; i < count; i++) told.push(`new ${i}`);
    for (const data of told) await post(`${origin}/messages/x`, data);

    for (const way of ['poll', 'long-poll']) {
      const { gap, messages, last } = await get(`${origin}/${way}/x?after=${old.message}`);
      expect(gap?.after).toBe(old.message);
      expect(messages.map(({ data }) => data)).toEqual(told);
      expect(gap?.next).toBe(last - count + 1);
      expect(await get(`${origin}/poll/x?after=${last}`)).toEqual({ messages: [], last });
    }

    const stream = await openEvents(`${origin}/events/x`, { 'Last-Event-ID': `${old.message}` });
    const first = await stream.events.next();
    expect(first.type).toBe('gap');
    expect(JSON.parse(first.data)).toMatchObject({ after: old.message });
    for (const data of told) expect((await stream.events.next()).data).toBe(data);
    stream.abort();
    // The gap is told only once, because its id is from the new process.
    const again = await openEvents(`${origin}/events/x`, { 'Last-Event-ID': first.lastEventId });
    const later = await post(`${origin}/messages/x`, 'later');
    for (const data of told) expect(await again.events.next()).toMatchObject({ type: 'message', data });
    expect(await again.events.next()).toEqual({ type: 'message', data: 'later', lastEventId: `${later}` });
    again.abort();

    const speaker = await connect(`${origin}/broadcast/x`);
    for (const data of told) {
      speaker.socket.send(data);
      await speaker.messages.next();
    }
    const back = await connect(`${origin}/broadcast/x?after=${old.inRoom}`);
    expect(JSON.parse(await back.messages.next())).toMatchObject({ gap: { after: old.inRoom } });
    for (const data of told) expect(JSON.parse(await back.messages.next())).toMatchObject({ data });
  },
);

test('a client that got only a last id from the old process is told of a gap, and one that asks from 0 gets all', async () => {
  const old = await formerProcess(0);
  await using running = await startServer({ port: old.port }, {});
  await post(`${running.origin}/messages/x`, 'new');
  expect(await get(`${running.origin}/poll/x?after=${old.message}`)).toMatchObject({ gap: { after: old.message } });
  const { gap, messages } = await get(`${running.origin}/poll/x?after=0`);
  expect([gap, messages.map(({ data }) => data)]).toEqual([undefined, ['new']]);
});

test('ids begin beyond all those of a process started a ms earlier, and are read back unchanged for a hundred years', () => {
  const now = Date.UTC(2026, 10, 21);
  expect(epochAt(now + 1)).toBe(epochAt(now) + 100);
  expect(epochAt(now + 0.9)).toBe(epochAt(now));
  expect(epochAt(Date.UTC(2126, 0, 1))).toBeLessThan(1e15);
  expect(epochAt(0)).toBe(0);
});
