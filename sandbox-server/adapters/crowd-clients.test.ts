import { expect, test } from 'vitest';
import type { CrowdReport } from '../endpoints/crowd.ts';
import { connect, startServer } from '../testing/client.ts';
import { createDrivenClock } from '../testing/driven-clock.ts';

const every = (client: Awaited<ReturnType<typeof connect>>): CrowdReport[] =>
  client.messages.all.map((text) => JSON.parse(text) as CrowdReport);

test('clients that come back together are refused together: ten get in, and the others try again', async () => {
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

test('clients without attempts left are reported as having given up, and nobody waits for them', async () => {
  using clock = createDrivenClock();
  await using running = await startServer({ pingAfter: 0, deadAfter: 0 }, { timers: clock, epoch: 0 });
  const client = await connect(`${running.origin}/crowd`);
  // Two try once the server is back; three try only while it is away.
  client.socket.send(JSON.stringify([[1300], [1300], [100], [200], [100, 100]]));
  await client.messages.first((text) => text.includes('attempts'));
  expect(every(client).at(-1)).toMatchObject({ connected: 2, gaveUp: 3, attempts: 6 });
  await client.close();
});

test('if all have given up while the server was away, the last report says so', async () => {
  using clock = createDrivenClock();
  await using running = await startServer({ pingAfter: 0, deadAfter: 0 }, { timers: clock, epoch: 0 });
  const client = await connect(`${running.origin}/crowd`);
  client.socket.send(JSON.stringify([[0], [10]]));
  await client.messages.first((text) => text.includes('attempts'));
  expect(every(client).at(-1)).toMatchObject({ connected: 0, gaveUp: 2, attempts: 2 });
  await client.close();
});

test('a crowd of one that waits long enough gets in at its first attempt', async () => {
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
  ['[]', 'A crowd takes 1 to 50 lists, one for each client.'],
  ['[[-1]]', 'Each list has 1 to 12 delays, each of 0 to 10000 ms.'],
])('invalid delays close the connection with a sentence: %s', async (text, reason) => {
  await using running = await startServer();
  const client = await connect(`${running.origin}/crowd`);
  client.socket.send(text);
  expect(await client.closed).toEqual({ code: 1008, reason });
});

test('the number of crowds at a time is limited, and a connection that ends makes room', async () => {
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

test('a crowd whose clients are all back makes room for another, although its connection is open', async () => {
  await using running = await startServer({ maxCrowds: 1 });
  const [first, second] = [await connect(`${running.origin}/crowd`), await connect(`${running.origin}/crowd`)];
  for (const { socket, messages } of [first, second]) {
    socket.send('[[1100]]');
    expect(await messages.next()).toContain('"connected":1');
  }
  await Promise.all([first.close(), second.close()]);
});
