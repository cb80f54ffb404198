/**
 * `node bench/server.ts`: measures what the server does per second of its CPU, and what it promises, beside its peers. Each row
 * is the median of several runs, which alternate between ours and the peer's. `npm install` in bench/ brings the peers but `ws`.
 * Words after the name choose parts: broadcast, single, tap, room, echo, memory, connect, link. RUNS=5 sets the runs.
 */
import { WebSocket } from 'ws';
import { broadcast, type BroadcastLoad } from './server/broadcast.ts';
import { startServer } from './server/child.ts';
import {
  connectBurst,
  echoTimes,
  idleMemory,
  linkBandwidth,
  linkLatency,
  median,
  quantile,
  roomDelays,
} from './server/figures.ts';
import { installed, ours, type Peer, wsLoop } from './server/peers.ts';

const runs = Number(process.env['RUNS'] ?? 3);
const crowd: BroadcastLoad = { subscribers: 1000, publishers: 8, outstanding: 4, payloadBytes: 32, time: 1000 };
const single: BroadcastLoad = { ...crowd, publishers: 1, outstanding: 1 };

const row = (what: string, figure: string, reach: string): void => console.log(`| ${what} | ${figure} | ${reach} |`);
const millions = (count: number): string => `${(count / 1e6).toFixed(2)} M/s`;

/** Measures on a newly started server. */
async function fresh<Result>(peer: Peer, measure: (server: Awaited<ReturnType<typeof startServer>>) => Promise<Result>) {
  await using server = await startServer(peer.file);
  return await measure(server);
}

const rate = (peer: Peer, load: BroadcastLoad): Promise<number> => fresh(peer, (server) => broadcast(server, peer.dialect, load));

/** Compares ours with each peer, in pairs of runs; the ratio is the median of the pairs' ratios. */
async function compare(what: string, load: BroadcastLoad, reaches: Record<string, string>): Promise<void> {
  for (const peer of [wsLoop, ...installed]) {
    const pairs: [number, number][] = [];
    for (let i = 0; i < runs; i++) pairs.push([await rate(ours, load), await rate(peer, load)]);
    const [mine, theirs] = [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))];
    const ratio = median(pairs.map(([a, b]) => a / b));
    row(
      `${what}: ours against ${peer.name}`,
      `${millions(mine)} and ${millions(theirs)}: ${ratio.toFixed(1)} ×`,
      reaches[peer.name] ?? '',
    );
  }
}

/** Opens a connection to `address`: if `watched`, in a session whose tap it opens too, else outside any session. */
async function converse(port: number, address: string, watched: boolean): Promise<WebSocket[]> {
  const base = `http://127.0.0.1:${port}`;
  const urls = [address];
  if (watched) {
    const answer = await fetch(`${base}/sessions`, { method: 'POST' });
    const { session, tap } = (await answer.json()) as Record<string, string>;
    urls.splice(0, 1, `/s/${session}${address}`, `${tap}`);
  }
  const sockets = urls.map((url) => new WebSocket(base + url));
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('open', resolve))));
  return sockets;
}

/** Measures what watching one connection, beside a loaded room or in it, costs the room. Uses one server process throughout. */
async function withTap(what: string, address: string, reach: string): Promise<void> {
  const ratios = await fresh(ours, async (server) => {
    const loaded = async (watched: boolean): Promise<number> => {
      const sockets = await converse(server.port, address, watched);
      const talk = setInterval(() => address === '/echo' && sockets[0]?.send('x'.repeat(32)), 20);
      const result = await broadcast(server, ours.dialect, { ...crowd, time: 2000 });
      clearInterval(talk);
      for (const socket of sockets) socket.terminate();
      return result;
    };
    await loaded(false);
    // Alternate which comes first, so that a drift over time affects both.
    return await rounds(async () => {
      const [a, b, c, d] = [await loaded(false), await loaded(true), await loaded(true), await loaded(false)];
      return (b + c) / (a + d);
    });
  });
  row(what, `${median(ratios).toFixed(2)} of without`, reach);
}

const rounds = async (measure: () => Promise<number>): Promise<number[]> => {
  const results: number[] = [];
  for (let i = 0; i < runs; i++) results.push(await measure());
  return results;
};

const parts: Record<string, () => Promise<void>> = {
  broadcast: () =>
    compare('Deliveries per second of server CPU, 1000 subscribers, 8 publishers, 4 outstanding, 32 B', crowd, {
      'plain ws loop': '≥ 20 ×',
      'Bun publish': '≥ 1 ×',
    }),

  single: () => compare('The same, 1 publisher, 1 outstanding', single, { 'plain ws loop': '≥ 1 ×' }),

  async tap() {
    await withTap('The same with 8 publishers, a watched session beside it sending 50 messages/s', '/echo', '≥ 0.95');
    await withTap('The same, the watched session sitting in the loaded room', '/broadcast/bench', '');
  },

  async room() {
    for (const peer of [ours, wsLoop]) {
      const { target } = peer.dialect;
      const { unloaded, loaded } = await fresh(peer, async ({ port }) => ({
        unloaded: await roomDelays(port, target, 500, 2, 3),
        loaded: await roomDelays(port, target, 500, 100, 4),
      }));
      const over = quantile(loaded.delays, 0.99) - median(unloaded.delays);
      const figure = `p50 ${median(loaded.delays).toFixed(1)} ms, p99 ${over.toFixed(1)} ms over the unloaded p50, ${loaded.lost} lost`;
      row(`500 in one room, 100 messages/s, delivery, ${peer.name}`, figure, peer === ours ? '≤ 25 ms over, 0 lost' : '');
    }
  },

  async echo() {
    for (const peer of [ours, wsLoop]) {
      const times = await fresh(peer, ({ port }) => echoTimes(port, 10_000));
      const figure = `p50 ${(median(times) * 1000).toFixed(0)} µs, p99 ${(quantile(times, 0.99) * 1000).toFixed(0)} µs`;
      row(`Echo of 32 B, ${peer.name}`, figure, '');
    }
  },

  async memory() {
    for (const peer of [ours, wsLoop]) {
      const sizes = await rounds(() => fresh(peer, (server) => idleMemory(server, '/echo', 2000)));
      row(
        `Memory of an idle connection, ${peer.name}`,
        `${(median(sizes) / 1024).toFixed(1)} KiB`,
        peer === ours ? '≤ 16 KiB' : '',
      );
    }
  },

  async connect() {
    for (const peer of [ours, wsLoop]) {
      const rates = await rounds(() => fresh(peer, ({ port }) => connectBurst(port, '/echo', 2000)));
      row(`Connections opened a second, ${peer.name}`, median(rates).toFixed(0), '');
    }
  },

  link: () =>
    fresh(ours, async ({ port }) => {
      const base = await linkLatency(port, 0);
      for (const latency of [10, 50, 250]) {
        const oneWay = ((await linkLatency(port, latency)) - base) / 2;
        row(`Latency of a link set to ${latency} ms, one way`, `${oneWay.toFixed(1)} ms`, 'within 5 ms or 5 %');
      }
      for (const bandwidth of [64_000, 1_000_000]) {
        const bits = await linkBandwidth(port, bandwidth);
        row(`Bandwidth of a link set to ${bandwidth} bit/s`, `${bits.toFixed(0)} bit/s`, 'within 5 %');
      }
    }),
};

const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !(name in parts));
if (unknown !== undefined) throw new RangeError(`Cannot measure "${unknown}": the parts are ${Object.keys(parts).join(', ')}`);
console.log(`Node ${process.version}; medians of ${runs} runs\n\n| What | Measured | Reach |\n|---|---|---|`);
for (const [name, measure] of Object.entries(parts)) if (chosen.length === 0 || chosen.includes(name)) await measure();
