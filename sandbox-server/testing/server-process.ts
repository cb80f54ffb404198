import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Options for a server that soon lets go of clients that have gone. */
export const hasty = [
  ['--handshake-timeout', '2'],
  ['--ping-after', '1'],
  ['--dead-after', '1'],
  ['--close-timeout', '1'],
].flat();

/** A server in its own process, as people run it. It has its own descriptors, and its end does not end the test. */
export interface ServerProcess {
  origin: string;
  port: number;
  /** Returns all that it has printed, to either stream. */
  output(): string;
  /** False once it has ended, whatever ended it. */
  isAlive(): boolean;
  signal(name: NodeJS.Signals): void;
  /** Returns what its descriptors are open on, such as `socket:[4711]`. Works only on Linux. */
  descriptors(): string[];
  /** Waits until no more sockets and files are open than at the start; rejects with those that are open after 50 s. */
  atRest(): Promise<void>;
}

/** Starts a server on a free port; `descriptors` is its shell's limit of descriptors, `nodeOptions` is for Node. */
export async function startProcess(
  options: readonly string[] = [],
  { descriptors, nodeOptions = '' }: { descriptors?: number; nodeOptions?: string } = {},
): Promise<ServerProcess & AsyncDisposable> {
  const limit = descriptors === undefined ? '' : `ulimit -n ${descriptors};`;
  const command = [process.execPath, main, '--host', '127.0.0.1', '--port', '0', '--drain', '1', ...options];
  const child = spawn('sh', ['-c', `${limit} exec "$0" "$@"`, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A run of the tests hands on by NODE_OPTIONS what ends this server with it.
    env: { ...process.env, NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} ${nodeOptions}` },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const origin = await originOf(child, () => output);
  const opened = (): string[] => openIn(child).filter((target) => !target.startsWith('/proc/'));
  // Ask once before counting: what the first answer opens for good is not a leak.
  await (await fetch(`${origin}/sandbox`, { headers: { connection: 'close' } })).text();
  await pause();
  const atStart = opened().length;
  return {
    origin,
    port: Number(new URL(origin).port),
    output: () => output,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    signal: (name) => void child.kill(name),
    descriptors: opened,
    async atRest() {
      const deadline = performance.now() + 50_000;
      while (opened().length > atStart) {
        if (performance.now() > deadline)
          throw new Error(`Open are, more than the ${atStart} at the start: ${opened().join(', ')}`);
        await pause();
      }
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

async function originOf(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const origin = /^Duplex Playground: (http:\/\/\S+)$/m.exec(output())?.[1];
    if (origin) return origin;
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode} before it listened:\n${output()}`);
    await pause();
  }
}

function openIn({ pid }: ChildProcess): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((number) => {
    try {
      return [readlinkSync(`${folder}/${number}`)];
    } catch {
      // Closed since the list was made.
      return [];
    }
  });
}
