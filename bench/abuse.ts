/**
 * `node bench/abuse.ts`: measures how long 40 learners wait before and during each abuse, and whether they are refused anything.
 * The server has the limits of a class; server and abusers each have a process of their own. Windows without and with abuse
 * alternate, so that other load on the machine affects both alike; the result is the median of the pairs' ratios. Words after
 * the name choose abuses: `node bench/abuse.ts ping`. `PAIRS` and `TIME` (ms of a window) set how much is measured.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { abuses } from './server/abuses.ts';
import { type MeasuredServer, startServer } from './server/child.ts';
import { median, quantile } from './server/figures.ts';
import { Honest, type Waits } from './server/honest.ts';
import { ours } from './server/peers.ts';

const pairs = Number(process.env['PAIRS'] ?? 3);
const time = Number(process.env['TIME'] ?? 1000);
const words = process.argv.slice(2);
const chosen = Object.keys(abuses).filter((name) => words.length === 0 || words.some((word) => name.includes(word)));

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The result of one window: waits, and the server's CPU as a share of one core. */
interface Window extends Waits {
  cpu: number;
}

async function measure(server: MeasuredServer, honest: Honest): Promise<Window> {
  const [began, before] = [performance.now(), (await server.usage()).cpu];
  const waits = await honest.measure(time);
  const cpu = ((await server.usage()).cpu - before) / ((performance.now() - began) / 1000);
  return { ...waits, cpu };
}

/** Measures while a separate process abuses the server. */
async function measureAbused(server: MeasuredServer, honest: Honest, name: string): Promise<Window> {
  const abuser: ChildProcess = fork(fileURLToPath(new URL('./server/abuser.ts', import.meta.url)), [`${server.port}`, name]);
  await once(abuser, 'message');
  // Give the abuse time to get under way.
  await pause(300);
  const result = await measure(server, honest);
  if (abuser.exitCode !== null) throw new Error(`The abuser exited by itself: ${name}`);
  const gone = once(abuser, 'exit');
  abuser.kill('SIGKILL');
  await gone;
  // Let the server end what the abuser left behind, so that it does not count in the next window.
  await pause(100);
  return result;
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

/** Returns how many connections and HTTP exchanges the server still holds. */
async function held(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const figure = (name: string): number => Number(new RegExp(`^duplex_${name} (\\d+)$`, 'm').exec(text)?.[1]);
  return figure('websocket_connections') + figure('http_exchanges');
}

/** Returns how often the server ended something to let others in. */
async function gaveWay(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return [...text.matchAll(/^duplex_gave_way_total\{.*\} (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
}

const load = (): string => loadavg()[0]?.toFixed(1) ?? '';
console.log(
  `Node ${process.version}; 40 learners behind one address, each with an echo and a room, and at work on the lessons' addresses; ${pairs} pairs of windows of ${time / 1000} s; load average ${load()}\n`,
);
console.log(
  '| Abuse | Ratio, echo: p50, p95 | Ratio, room: p50, p95 | Echo without, with: p50 ms | Served, refused, lost | Gave way | Server CPU without, with | Memory before, after | Load |',
);
console.log('|---|---|---|---|---|---|---|---|---|');
for (const name of chosen) {
  await using server = await startServer(ours.file, { PROFILE: 'class' });
  const { port } = server;
  const honest = await Honest.open(port, 40);
  await honest.measure(500);
  const memoryBefore = (await server.usageCollected()).memory;
  const windows: [Window, Window][] = [];
  for (let i = 0; i < pairs; i++) windows.push([await measure(server, honest), await measureAbused(server, honest, name)]);
  await honest.close();
  const yielded = await gaveWay(port);
  const patience = performance.now() + 8000;
  while ((await held(port)) > 0 && performance.now() < patience) await pause(100);
  const left = (await held(port)) > 0 ? '; something is left' : '';
  const memoryAfter = (await server.usageCollected()).memory;
  const ratios = (kind: 'echo' | 'room'): string =>
    [0.5, 0.95]
      .map((share) => median(windows.map(([base, abused]) => quantile(abused[kind], share) / quantile(base[kind], share))))
      .map((ratio) => ratio.toFixed(1))
      .join(', ');
  const of = (figure: (window: Window) => number): [number, number] => [
    median(windows.map(([base]) => figure(base))),
    median(windows.map(([, abused]) => figure(abused))),
  ];
  const echo = of((window) => median(window.echo)).map((ms) => ms.toFixed(1));
  const cpu = of((window) => window.cpu).map((share) => `${(share * 100).toFixed(0)} %`);
  const lost = windows.flat().reduce((sum, window) => sum + window.lost, 0);
  for (const words of new Set(honest.refused)) console.error(`${name}: ${words}`);
  console.log(
    `| ${name} | ${ratios('echo')} | ${ratios('room')} | ${echo.join(', ')} | ${honest.served}, ${honest.refused.length + honest.closed}, ${lost}${left} | ${yielded} | ${cpu.join(', ')} | ${mebibytes(memoryBefore)}, ${mebibytes(memoryAfter)} | ${load()} |`,
  );
}
