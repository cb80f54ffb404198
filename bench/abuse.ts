/**
 * `node bench/abuse.ts`: how long honest clients wait before and during each abuse. The server has the limits of a class and a
 * process of its own, and so have the abusers. Words after the name choose among the abuses: `node bench/abuse.ts ping`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { abuses } from './server/abuses.ts';
import { startServer } from './server/child.ts';
import { median, quantile } from './server/figures.ts';
import { Honest } from './server/honest.ts';
import { ours } from './server/peers.ts';

const time = Number(process.env['TIME'] ?? 4000);
const words = process.argv.slice(2);
const chosen = Object.keys(abuses).filter((name) => words.length === 0 || words.some((word) => name.includes(word)));

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function abuse(port: number, name: string): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('./server/abuser.ts', import.meta.url)), [`${port}`, name]);
  await once(child, 'spawn');
  return child;
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
const ms = (delays: readonly number[]): string => `${median(delays).toFixed(1)}, ${quantile(delays, 0.95).toFixed(1)}`;

/** The server's figures that say whether anything is left. */
async function held(port: number): Promise<{ connections: number; exchanges: number }> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const figure = (name: string): number => Number(new RegExp(`^duplex_${name} (\\d+)$`, 'm').exec(text)?.[1]);
  return { connections: figure('websocket_connections'), exchanges: figure('http_exchanges') };
}

console.log(
  `Node ${process.version}; 40 honest clients, each with an echo and a room, ${time / 1000} s before and during each abuse\n`,
);
console.log(
  '| Abuse | Echo before: p50, p95 ms | during | Room before: p50, p95 ms | during | Ratio of p50, p95: echo; room | Refused, lost | Server CPU | Memory before, after |',
);
console.log('|---|---|---|---|---|---|---|---|---|');
for (const name of chosen) {
  await using server = await startServer(ours.file, { PROFILE: 'class' });
  const { port } = server;
  const honest = await Honest.open(port, 40);
  await honest.measure(1000);
  const memoryBefore = (await server.usageCollected()).memory;
  const before = await honest.measure(time);
  const abuser = await abuse(port, name);
  // By then it is under way.
  await pause(1000);
  const cpuBefore = (await server.usage()).cpu;
  const during = await honest.measure(time);
  const cpu = (await server.usage()).cpu - cpuBefore;
  if (abuser.exitCode !== null) throw new Error(`The abuser has ended by itself: ${name}`);
  abuser.kill('SIGKILL');
  await once(abuser, 'exit');
  honest.close();
  const patience = performance.now() + 40_000;
  const isLeft = ({ connections, exchanges }: Awaited<ReturnType<typeof held>>): boolean => connections + exchanges > 0;
  while (isLeft(await held(port)) && performance.now() < patience) await pause(100);
  const memoryAfter = (await server.usageCollected()).memory;
  const ratio = (kind: 'echo' | 'room', share: number): string =>
    (quantile(during[kind], share) / quantile(before[kind], share)).toFixed(1);
  const ratios = (kind: 'echo' | 'room'): string => `${ratio(kind, 0.5)}, ${ratio(kind, 0.95)}`;
  const left = isLeft(await held(port)) ? '; something is left' : '';
  console.log(
    `| ${name} | ${ms(before.echo)} | ${ms(during.echo)} | ${ms(before.room)} | ${ms(during.room)} | ${ratios('echo')}; ${ratios('room')} | ${honest.refused}, ${before.lost + during.lost}${left} | ${((cpu / (time / 1000)) * 100).toFixed(0)} % | ${mebibytes(memoryBefore)}, ${mebibytes(memoryAfter)} |`,
  );
}
