/** Starts the real server as `npm start` does, in its own process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../scripts/root.ts';

/** A running server. */
export interface RunningServer {
  /** Such as `http://localhost:40123`. */
  origin: string;
  /** Ends the server as `kill` does, and waits until it has ended. */
  stop(): Promise<void>;
}

/** Starts a server on a free port, or on the one given. Throws with its output if it does not come up. */
export async function startServer({ port = 0, options = [] as string[] } = {}): Promise<RunningServer> {
  const main = join(root, 'sandbox-server', 'main.ts');
  const child = spawn(process.execPath, [main, '--port', String(port), ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const origin = await addressOf(child);
  return {
    origin,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  return await new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const address = /http:\/\/localhost:\d+/.exec(output)?.[0];
      if (address) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with ${String(code)} before it listened:\n${output}`)));
  });
}
