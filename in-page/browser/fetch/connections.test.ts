import { expect, test } from 'vitest';
import { exchange } from '../testing/over-http.ts';

test('of seven at once six are asked, each on a connection of its own, and the seventh waits for one of them', async () => {
  const { log, trace } = await exchange(
    (_, res, { clock }) => void clock.set(() => res.end(), 500, false),
    ({ fetch, clock, log }) => {
      for (let n = 1; n <= 7; n++) void fetch('/oracle').then(() => log.push(`${n} ${clock.present}`));
    },
    { latency: 10 },
  );
  expect(log).toEqual(['1 520', '2 520', '3 520', '4 520', '5 520', '6 520', '7 1040']);
  const started = trace.events.filter((event) => event.name === 'exchange_started' && event.at === 'socket');
  expect(started.map((event) => ('socket' in event ? [event.request, event.exchange, event.socket] : []))).toEqual([
    ...[0, 1, 2, 3, 4, 5].map((n) => [n, n, n]),
    [6, 6, 0],
  ]);
});

test('a connection is used again until the server closes it; one that is closed meanwhile is replaced without a word', async () => {
  const { log, trace } = await exchange(
    (_, res) => void res.end('yes'),
    async ({ fetch, log, wait }) => {
      // The server closes after 5 s; what is on its way then has to be asked again.
      for (const pause of [100, 4985, 6000, 0]) {
        log.push(await (await fetch('/')).text());
        await wait(pause);
      }
    },
    { latency: 20 },
  );
  expect(log).toEqual(['yes', 'yes', 'yes', 'yes']);
  const sockets = trace.events.flatMap((event) =>
    event.name === 'exchange_started' && event.at === 'socket' ? [event.socket] : [],
  );
  expect(sockets).toEqual([0, 0, 0, 1, 2]);
});

test('addresses and WebSockets of a client are named in one line, in the order in which the program began them', async () => {
  const { trace } = await exchange(
    (_, res) => void res.end(),
    ({ fetch, EventSource, network, clock }) => {
      void fetch('/poll?after=1');
      network.connect(8080).saw({ name: 'connection_started', url: 'ws://localhost:8080/' });
      void fetch('http://localhost:8080/poll?after=2');
      const source = new EventSource('/poll');
      clock.set(() => source.close(), 10, false);
      void fetch('/other');
    },
  );
  const begun = trace.events.filter(({ at, name }) => at === 'client' && name.endsWith('_started'));
  expect(begun.map((event) => [event.connection, 'request' in event ? event.request : '', event.name])).toEqual([
    ['A1', 0, 'exchange_started'],
    ['A2', '', 'connection_started'],
    ['A1', 1, 'exchange_started'],
    ['A3', 0, 'exchange_started'],
    ['A4', 0, 'exchange_started'],
  ]);
});
