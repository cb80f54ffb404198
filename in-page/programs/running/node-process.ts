/** A program in a process of its own. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Report } from './report-to-parent.ts';

export interface NodeProcess {
  /** Resolves with the port on which it listens. Rejects if it ends without. */
  port: Promise<number>;
  /** Resolves when it has ended and all its reports are in. */
  ended: Promise<void>;
  kill: () => void;
}

const preload = join(import.meta.dirname, 'report-to-parent.ts');

/** Starts a program. `onLine` takes each line that it prints. */
export function startProcess(folder: string, file: string, onLine: (line: string) => void): NodeProcess {
  // Node has EventSource behind a flag.
  const args = ['--no-warnings', '--experimental-eventsource', '--import', preload, file];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr?.on('data', (text: Buffer) => (errors += text.toString()));
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const port = new Promise<number>((resolve, reject) => {
    const lines = createInterface({ input: child.stdio[3] as Readable });
    lines.on('line', (text) => {
      const report = JSON.parse(text) as Report;
      if ('port' in report) resolve(report.port);
      else onLine(report.line);
    });
    void ended.then(() => reject(new Error(`${file} ended before it listened. ${errors}`)));
  });
  // A client never listens.
  port.catch(() => undefined);
  return { port, ended, kill: () => void child.kill('SIGKILL') };
}
