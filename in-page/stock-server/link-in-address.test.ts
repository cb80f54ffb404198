import { expect, test } from 'vitest';
import { asciiBytes } from '../../protocol/wire/handshake.ts';
import { idealLink } from '../../protocol/wire/link-conditions.ts';
import type { Socket } from '../program/network.ts';
import { Program, type Surroundings } from '../program/program.ts';
import { Switch } from '../switch/switch.ts';
import { createWebSocket } from '../browser/create-web-socket.ts';
import { linkInAddress } from './link-in-address.ts';
import { runStock, watch } from './testing/run-stock.ts';

const linkOf = (address: string): object => linkInAddress(new URL(address, 'http://localhost:4321'));

test.each([
  ['/echo?latency=200&duplex=half&text=x', { latency: 200, duplex: 'half' }],
  ['/ticker?every=100', {}],
  ['/echo?latency=200&cut=me', {}],
  ['/raw?latency=200', idealLink],
  ['/raw?latency=me', {}],
])('%s asks for a link with %j', (address, link) => {
  expect(linkOf(address)).toEqual(link);
});

const echoedAt = async (addresses: string[], conditions: object): Promise<Record<string, number>> => {
  const times: Record<string, number> = {};
  const { errors } = await runStock(
    {
      A: (scope) => {
        for (const address of addresses) {
          const ws = watch(scope, address, () => ws.send('x'));
          ws.addEventListener('message', () => {
            times[address] = scope.clock.present;
            ws.close();
          });
        }
      },
    },
    { conditions },
  );
  expect(errors).toEqual([]);
  return times;
};

test('each connection has the run’s link but for what its address sets', async () => {
  expect(await echoedAt(['/echo', '/echo?latency=200', '/echo?latency=0', '/echo?jitter=0'], { latency: 50 })).toEqual({
    '/echo': 200,
    '/echo?latency=200': 800,
    '/echo?latency=0': 0,
    '/echo?jitter=0': 200,
  });
});

test('each HTTP exchange has a link of its own, though the next goes over the same connection', async () => {
  const { log, errors, trace } = await runStock(
    {
      A: async ({ fetch, clock, log }) => {
        for (const query of ['', '&latency=200', '&duplex=simplex', '']) {
          const began = clock.present;
          const { status } = await fetch(`/poll/~x?after=0${query}`);
          log.push(`${status} after ${clock.present - began}`);
        }
      },
    },
    { conditions: { latency: 50 } },
  );
  expect(errors).toEqual([]);
  expect(log).toEqual(['200 after 100', '200 after 400', '403 after 0', '200 after 100']);
  const sockets = trace.events.flatMap((event) =>
    event.name === 'exchange_started' && event.at === 'socket' ? event.socket : [],
  );
  expect(sockets).toEqual([0, 0, 0, 0]);
});

test('a seed in an address is that of its link, whichever of the run’s connections it is', async () => {
  const seeded = '/echo?jitter=500&seed=7';
  const alone = await echoedAt([seeded], {});
  const second = await echoedAt(['/echo?jitter=500', seeded], { seed: 3 });
  expect(alone[seeded]).toBeGreaterThan(0);
  expect(second[seeded]).toBe(alone[seeded]);
  expect(second['/echo?jitter=500']).not.toBe(alone[seeded]);
});

test('a link that is silent first and cut later tells both ends at the cut', async () => {
  const { log, trace, now } = await runStock({
    A: (scope) => void watch(scope, '/echo?silent=300&cut=1000', (ws) => scope.clock.set(() => ws.send('lost'), 500, false)),
  });
  expect(log).toEqual(['closed 1006 "" uncleanly']);
  const ends = trace.events.filter(({ name }) => /link|dropped/.test(name)).map(({ time, name }) => `${time} ${name}`);
  expect(ends).toEqual(['300 link_silenced', '500 frame_dropped', '1000 link_cut']);
  expect(now).toBe(1000);
});

test('what is asked of /raw counts on its second connection, and the first has an ideal link', async () => {
  const { trace } = await runStock(
    { A: (scope) => void watch(scope, '/raw?latency=200', (ws) => scope.clock.set(() => ws.send('end'), 1000, false)) },
    { conditions: { latency: 50 } },
  );
  const openedAt = trace.events.filter((event) => event.name === 'connection_opened' && event.at === 'client');
  expect(openedAt.map(({ connection, time }) => `${connection} ${time}`)).toEqual(['A1 0', 'server1 400']);
});

type Start = (surroundings: Surroundings) => void;

/** Puts two programs on a network whose link may be changed. */
function networkOf(latency: number, server: Start, client: Start): { network: Switch; errors: unknown[] } {
  const errors: unknown[] = [];
  const network = new Switch({ conditions: { ...idealLink, latency }, onEvent: () => undefined });
  const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  for (const [i, [name, start]] of [['server', server] as const, ['A', client] as const].entries()) {
    network.join(new Program({ name, index: i + 1, macrotask, start, onError: (error) => errors.push(error) }));
  }
  return { network, errors };
}

/** A server that notes when it hears of which address, and never answers. */
const hearing =
  (heard: string[], port: number): Start =>
  ({ network, clock }) => {
    const note = (bytes: Uint8Array): void =>
      void heard.push(`${clock.present} ${new TextDecoder().decode(bytes).split(' ', 2)[1]}`);
    network.listen(port, (socket) => (socket.onData = note));
  };

test('when the run’s link changes, an address keeps what it set', async () => {
  const heard: string[] = [];
  const { network, errors } = networkOf(10, hearing(heard, 4321), ({ network, clock }) => {
    const write = (socket: Socket, path: string): void =>
      socket.write(asciiBytes(`GET ${path} HTTP/1.1\r\nUpgrade: websocket\r\n\r\n`));
    const [own, shared] = [network.connect(4321, { latency: 200 }), network.connect(4321)];
    clock.set(() => write(own, '/own'), 1000, false);
    clock.set(() => write(shared, '/shared'), 1000, false);
  });
  await network.run({ until: 500 });
  network.setConditions({ ...idealLink, latency: 30 });
  await network.run();
  expect(errors).toEqual([]);
  expect(heard).toEqual(['1030 /shared', '1200 /own']);
});

test('a change of the run’s link leaves an exchange that is under way the conditions of its address', async () => {
  const answered: string[] = [];
  const answering: Start = ({ network, clock }) =>
    void network.listen(4321, (socket) => {
      socket.onData = () =>
        void clock.set(() => socket.write(asciiBytes('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')), 1000, false);
    });
  const { network, errors } = networkOf(10, answering, ({ network, clock }) => {
    const address = network.nameAddress();
    for (const [request, link] of [{ latency: 200 }, undefined].entries()) {
      const socket = network.connectForHttp(4321);
      socket.onData = () => void answered.push(`${clock.present} ${request}`);
      socket.asks(address, request, link);
      socket.write(asciiBytes('GET / HTTP/1.1\r\n\r\n'));
    }
  });
  await network.run({ until: 500 });
  network.setConditions({ ...idealLink, latency: 30 });
  await network.run();
  expect(errors).toEqual([]);
  expect(answered).toEqual(['1040 1', '1400 0']);
});

test('an address on a reader’s own server sets no link: its query is its own', async () => {
  const heard: string[] = [];
  const { network, errors } = networkOf(50, hearing(heard, 8080), (surroundings) => {
    const parts = { ...surroundings, random: (length: number) => new Uint8Array(length), base: 'http://localhost:8080/' };
    new (createWebSocket(parts))('/echo?latency=200');
  });
  await network.run({ until: 5000 });
  expect(errors).toEqual([]);
  expect(heard).toEqual(['50 /echo?latency=200']);
});
