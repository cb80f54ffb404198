/** Sends fuzzed requests, upgrades and connections to a server in its own process. */
import { once } from 'node:events';
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { descriptorLimit } from '../descriptors.ts';
import { connect, watch } from '../testing/client.ts';
import { ask } from '../testing/raw-http.ts';
import { hasty, type ServerProcess, startProcess } from '../testing/server-process.ts';
import type { Input } from './inputs/bytes.ts';
import { httpInput } from './inputs/http.ts';
import { webSocketInput } from './inputs/websocket.ts';

/**
 * How many inputs of each kind to send. To send more:
 * `FUZZ=100000 FUZZ_SEED=1 npx vitest run --project server sandbox-server/abuse/fuzz-process.test.ts`.
 */
const count = Number(process.env['FUZZ'] ?? 500);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_121);
/** How many inputs are sent at a time, and how many are made at a time. */
const [atOnce, batch] = [20, 100];
/** How long to wait for an answer, in ms: some addresses give none. */
const patience = 50;

/** Yields the inputs, each with a name that says how to make it again. */
function* inputsOf(kind: fc.Arbitrary<Input>): Generator<[name: string, Input]> {
  for (let made = 0; made < count; made += batch) {
    const some = fc.sample(kind, { seed: seed + made, numRuns: Math.min(batch, count - made) });
    for (const [i, input] of some.entries()) yield [`number ${i} of seed ${seed + made}`, input];
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function first(socket: Socket, ...events: string[]): Promise<void> {
  const control = new AbortController();
  const timeout = setTimeout(() => control.abort(), patience);
  await Promise.race(events.map((event) => once(socket, event, { signal: control.signal }))).catch(() => undefined);
  clearTimeout(timeout);
  control.abort();
}

async function send(port: number, { bytes, chop, leaves }: Input): Promise<void> {
  const socket = connectTcp({ port, host: '127.0.0.1', allowHalfOpen: true });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined).resume();
  await once(socket, 'connect');
  const step = chop || bytes.length || 1;
  for (let at = 0; at < bytes.length && !socket.destroyed; at += step) {
    socket.write(bytes.subarray(at, at + step));
    if (chop > 0) await turn();
  }
  if (leaves === 'half') socket.end();
  if (leaves === 'half') await first(socket, 'end', 'close');
  if (leaves === 'answered') await first(socket, 'data', 'end', 'close');
  if (leaves === 'reset') socket.resetAndDestroy();
  else socket.destroy();
  await closed;
}

async function site(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'site-'));
  await mkdir(join(folder, 'lesson'));
  const files = {
    'digits.txt': '0123456789',
    'both.js': 'code',
    'both.js.br': 'by brotli',
    'both.js.gz': 'by gzip',
    'empty.txt': '',
    'index.html': 'home',
    'lesson/index.html': 'a lesson',
    '404.html': 'not here',
    'large.txt': 'x'.repeat(1_000_000),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const gauges = [
  'websocket_connections',
  'http_exchanges',
  'event_streams',
  'long_polls',
  'rooms',
  'half_duplex_channels',
  'held_refusals',
  'queued_bytes',
  'faults_total',
];

async function figures({ origin }: ServerProcess): Promise<Record<string, number>> {
  const text = String((await ask(origin, '/metrics')).body);
  return Object.fromEntries(gauges.map((name) => [name, Number(new RegExp(`^duplex_${name} (\\d+)$`, 'm').exec(text)?.[1])]));
}

test.skipIf(descriptorLimit() === Infinity).each([
  ['HTTP requests and upgrades', httpInput],
  ['WebSocket connections', webSocketInput],
])(
  `the server survives ${count} fuzzed %s without a fault or an open descriptor left behind (seed ${seed})`,
  { timeout: 60_000 + count * 100 },
  async (_, kind) => {
    const lifted = [
      '--requests-per-second',
      '0',
      '--refusals-per-second',
      '0',
      '--session-idle',
      '0',
      '--history-age',
      '0.2',
      '--max-crowds',
      '0',
      '--max-session-connections',
      '0',
    ];
    await using server = await startProcess(['--site', await site(), ...lifted, ...hasty]);
    const session = await watch(server.origin);
    const id = session.base.split('/').at(-1) ?? '';
    const inputs = inputsOf(kind);
    const work = async (): Promise<void> => {
      for (const [name, input] of inputs) {
        const bytes = Buffer.from(input.bytes.toString('latin1').replaceAll('SESSION', id), 'latin1');
        await send(server.port, { ...input, bytes }).catch((error: unknown) => {
          throw new Error(
            `${name}: ${String(error)}\n${JSON.stringify(bytes.toString('latin1').slice(0, 2000))}\n${server.output()}`,
          );
        });
        // Send nothing more after a crash. The message names this input; one just before it may be the cause.
        expect(server.isAlive(), `${name}: ${server.output()}`).toBe(true);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    const honest = await connect(`${server.origin}/echo`);
    honest.socket.send('still here');
    expect(await honest.messages.next()).toBe('still here');
    await honest.close();
    session.tap.socket.terminate();
    await server.atRest();
    const none = Object.fromEntries(gauges.map((name) => [name, 0]));
    for (let i = 0; i < 2000 && !Object.values(await figures(server)).every((value) => value === 0); i++) await pause();
    expect(await figures(server), server.output()).toEqual(none);
  },
);
