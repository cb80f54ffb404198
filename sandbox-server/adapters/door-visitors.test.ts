import { expect, test } from 'vitest';
import type { FromDoor } from '../endpoints/door.ts';
import { type Client, connect, startServer } from '../testing/client.ts';

type Answered = Extract<FromDoor, { type: 'answered' }>;

/** Keeps a door by `mayEnter` until nobody else comes. Returns what became of each visitor. */
async function keep(client: Client, mayEnter: (knock: Extract<FromDoor, { type: 'knock' }>) => boolean): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (;;) {
    const message = JSON.parse(await client.messages.next()) as FromDoor;
    if (message.type === 'over') return answered;
    if (message.type === 'answered') answered.push(message);
    if (message.type === 'knock') client.socket.send(JSON.stringify({ visitor: message.visitor, allow: mayEnter(message) }));
  }
}

test('the program decides on real handshakes: a visitor that it lets in gets 101, one that it refuses 403', async () => {
  await using running = await startServer();
  const client = await connect(`${running.origin}/door`);
  const answered = await keep(client, ({ headers }) => headers['origin'] === 'https://chat.example');
  expect(answered.map(({ good, status }) => [good, status])).toEqual([
    [true, 101],
    [false, 403],
    [true, 101],
    [false, 403],
    [false, 101],
    [false, 101],
    [false, 101],
    [true, 101],
  ]);
  await client.close();
});

test('an invalid answer closes the door with a sentence, and one door too many is closed too', async () => {
  await using running = await startServer({ maxCrowds: 1 });
  const client = await connect(`${running.origin}/door`);
  const second = await connect(`${running.origin}/door`);
  expect((await second.closed).code).toBe(1013);
  client.socket.send('come in');
  expect(await client.closed).toEqual({
    code: 1008,
    reason: 'A door takes {"visitor":1,"allow":true} or false, for the visitor that knocks.',
  });
});

test('a door whose visitors have all come makes room for another, although its connection is open', async () => {
  await using running = await startServer({ maxCrowds: 1 });
  const client = await connect(`${running.origin}/door`);
  await keep(client, () => true);
  const second = await connect(`${running.origin}/door`);
  expect(await keep(second, () => true)).toHaveLength(8);
  await Promise.all([client.close(), second.close()]);
});
