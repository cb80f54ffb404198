/** Runs a server in its own process, so that its CPU and memory are separate from the load generator's. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** CPU and memory that a server's process has used. */
export interface Usage {
  /** Seconds of CPU, user and system, since it started. */
  cpu: number;
  /** Bytes of resident memory. */
  memory: number;
}

/** A server under measurement. */
export interface MeasuredServer extends AsyncDisposable {
  port: number;
  usage(): Promise<Usage>;
  /** Returns the usage after a garbage collection. */
  usageCollected(): Promise<Usage>;
}

/** Bun's path if it is installed, beside the other peers. */
const bun = fileURLToPath(new URL('../node_modules/@oven/bun-linux-x64/bin/bun', import.meta.url));
export const hasBun = existsSync(bun);

/** Starts a program that sends `{ port }` once it listens and answers each message with its usage. */
export async function startServer(file: string, environment: Record<string, string> = {}): Promise<MeasuredServer> {
  const options = { env: { ...process.env, ...environment }, execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'] };
  const child: ChildProcess = file.includes('bun-')
    ? spawn(bun, [file], { env: options.env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'json' })
    : fork(file, options);
  const ask = async (question: string): Promise<unknown> => {
    child.send(question);
    const [answer] = (await once(child, 'message')) as [unknown];
    return answer;
  };
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    port,
    usage: async () => (await ask('usage')) as Usage,
    usageCollected: async () => (await ask('memory')) as Usage,
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
