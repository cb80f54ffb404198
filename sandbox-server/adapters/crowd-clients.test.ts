import { expect, test } from 'vitest';
import type { CrowdReport } from '../endpoints/crowd.ts';
import { connect, startServer } from '../testing/client.ts';
import { createDrivenClock } from '../testing/driven-clock.ts';

const every = (client: Awaited<ReturnType<typeof connect>>): CrowdReport[] =>
  client.messages.all.map((text) => JSON.parse(text) as CrowdReport);

test('clients that come back together are refused together: ten are taken, and the others come again', async () => {
  await using running = await startServer();
  const client = await connect(`${running.origin}/crowd`);
  client.socket.send(JSON.stringify(Array.from({ length: 25 }, () => [200, 1500, 1500, 1500])));
  await client.messages.first((text) => text.includes('attempts'));
  const reports = every(client);
  const sum = (kind: 'down' | 'refused' | 'open'): number => reports.reduce((all, report) => all + report[kind], 0);
  expect(sum('down')).toBe(25);
  expect(sum('open')).toBe(25);
  expect(sum('refused')).toBeGreaterThan(0);
  const attempts = sum('down') + sum('refused') + sum('open');
  expect(reports.at(-1)).toMatchObject({ connected: 25, gaveUp: 0, attempts });
  await client.close();
});

test('clients that have no attempt left are told as such: they are not back, and nobody waits for them', async () => {
  using clock = createDrivenClock();
  await using running = await startServer({ pingAfter: 0, deadAfter: 0 }, { timers: clock, epoch: 0 });
  const client = await connect(`${running.origin}/crowd`);
  // Two come when the server is back, and three try while it is away, and not again.
  client.socket.send(JSON.stringify([[1300], [1300], [100], [200], [100, 100]]));
  await client.messages.first((text) => text.includes('attempts'));
  expect(every(client).at(-1)).toMatchObject({ connected: 2, gaveUp: 3, attempts: 6 });
  await client.close();
});

test('where all have given up while the server was away, that is what the last report says', async () => {
  using clock = createDrivenClock();
  await using running = await startServer({ pingAfter: 0, deadAfter: 0 }, { timers: clock, epoch: 0 });
  const client = await connect(`${running.origin}/crowd`);
  client.socket.send(JSON.stringify([[0], [10]]));
  await client.messages.first((text) => text.includes('attempts'));
  expect(every(client).at(-1)).toMatchObject({ connected: 0, gaveUp: 2, attempts: 2 });
  await client.close();
});

test('a crowd of one that waits long enough is taken at its first attempt', async () => {
  await using running = await startServer();
  const client = await connect(`${running.origin}/crowd`);
  client.socket.send('[[1300]]');
  await client.messages.next();
  expect(every(client)).toEqual([
    { time: expect.any(Number) as number, down: 0, refused: 0, open: 1, connected: 1, attempts: 1, gaveUp: 0 },
  ]);
  await client.close();
});

test.each([
  ['words', 'A crowd takes JSON text, such as [[500, 1000, 2000], [500, 1000, 2000]].'],
  ['[]', 'A crowd takes a list for each client, 1 to 50 of them.'],
  ['[[-1]]', 'Each list has 1 to 12 delays, each of 0 to 10000 ms.'],
])('delays that cannot be taken close the connection with a sentence: %s', async (text, reason) => {
  await using running = await startServer();
  const client = await connect(`${running.origin}/crowd`);
  client.socket.send(text);
  expect(await client.closed).toEqual({ code: 1008, reason });
});

test('there are only so many crowds at a time, and a connection that ends makes room', async () => {
  await using running = await startServer({ maxCrowds: 1 });
  const [first, second] = [await connect(`${running.origin}/crowd`), await connect(`${running.origin}/crowd`)];
  first.socket.send('[[9000]]');
  first.socket.ping();
  await first.pongs.next();
  second.socket.send('[[9000]]');
  expect((await second.closed).code).toBe(1013);
  await first.close();
  const third = await connect(`${running.origin}/crowd`);
  third.socket.send('[[1100]]');
  expect(await third.messages.next()).toContain('"connected":1');
  await third.close();
});

test('a crowd that is all back makes room for another, though its connection is open', async () => {
  await using running = await startServer({ maxCrowds: 1 });
  const [first, second] = [await connect(`${running.origin}/crowd`), await connect(`${running.origin}/crowd`)];
  for (const { socket, messages } of [first, second]) {
    socket.send('[[1100]]');
    expect(await messages.next()).toContain('"connected":1');
  }
  await Promise.all([first.close(), second.close()]);
});
