/**
 * Node's `process` for a program of a run. Whoever runs the program hands it what nobody caught:
 * `process.emit('uncaughtException', error)` returns true where the program listens for that, and goes on.
 */
import { functionOf } from '../argument-error.ts';
import { EventEmitter } from '../events.ts';
import { type ModuleParts, programFolder } from '../module-parts.ts';
import { ticker } from '../node-parts.ts';

/** Thrown by `process.exit`, which never returns: whoever runs the program ignores it, and delivers nothing more. */
export class ProgramExit extends Error {
  override name = 'ProgramExit';
  readonly code: number;
  constructor(code: number) {
    super(`The program has ended itself with process.exit(${code}).`);
    this.code = code;
  }
}

/** Numbers that differ from machine to machine, as they might be. */
const pid = 4321;
const memory = { rss: 48_000_000, heapTotal: 8_000_000, heapUsed: 5_000_000, external: 2_000_000, arrayBuffers: 10_000 };

export class Process extends EventEmitter {
  readonly #parts: ModuleParts;
  readonly env: Record<string, string | undefined>;
  readonly argv: string[];
  readonly argv0 = 'node';
  readonly execPath = '/usr/local/bin/node';
  readonly execArgv: string[] = [];
  readonly title = 'node';
  readonly pid = pid;
  readonly ppid = pid - 1;
  readonly platform = 'linux';
  readonly arch = 'x64';
  readonly version = 'v24.0.0';
  readonly versions = { node: '24.0.0' };
  readonly release = { name: 'node' };
  readonly stdout: Output;
  readonly stderr: Output;
  exitCode: number | undefined;

  constructor(parts: ModuleParts) {
    super();
    this.#parts = parts;
    this.env = environment(parts.env ?? {});
    this.argv = [this.execPath, `${programFolder}/${parts.program ?? 'server.js'}`];
    this.stdout = output(parts, 'stdout');
    this.stderr = output(parts, 'stderr');
    // Programs pass these on by themselves, as in setTimeout(process.exit, 1000).
    this.exit = this.exit.bind(this);
    this.nextTick = this.nextTick.bind(this);
    this.uptime = this.uptime.bind(this);
    Object.assign(this.hrtime, { bigint: () => BigInt(Math.round(parts.clock.read() * 1e6)) });
  }

  cwd(): string {
    return programFolder;
  }

  /** Returns how long the program has been running, s. */
  uptime(): number {
    return this.#parts.clock.read() / 1000;
  }

  /** Returns seconds and nanoseconds of the run, or what has passed since such a pair. */
  readonly hrtime = ((since?: [seconds: number, nanoseconds: number]): [number, number] => {
    const now = this.#parts.clock.read();
    const [seconds, nanoseconds] = [Math.floor(now / 1000), Math.round((now % 1000) * 1e6)];
    if (!since) return [seconds, nanoseconds];
    const [sinceSeconds, sinceNanoseconds] = since;
    const borrows = nanoseconds < sinceNanoseconds;
    return [seconds - sinceSeconds - Number(borrows), nanoseconds - sinceNanoseconds + (borrows ? 1e9 : 0)];
  }) as HrTime;

  /** Returns bytes: always the same, so that every run is. */
  memoryUsage(): typeof memory {
    return { ...memory };
  }

  /** Returns µs: none, since computing takes no time in a run. */
  cpuUsage(): { user: number; system: number } {
    return { user: 0, system: 0 };
  }

  nextTick(callback: unknown, ...values: unknown[]): void {
    const act = functionOf('callback', callback);
    ticker(this.#parts)(() => void act(...values));
  }

  /** Tells those who listen for `exit`, and ends the program. Throws a ProgramExit. */
  exit(code?: number | string): never {
    const given = Number(code ?? this.exitCode ?? 0);
    this.exitCode = given;
    this.emit('exit', given);
    this.#parts.onExit(this.exitCode);
    throw new ProgramExit(this.exitCode);
  }

  emitWarning(warning: unknown): void {
    this.stderr.write(`(node:${this.pid}) ${warning instanceof Error ? String(warning) : `Warning: ${String(warning)}`}\n`);
  }
}

interface HrTime {
  (since?: [seconds: number, nanoseconds: number]): [seconds: number, nanoseconds: number];
  /** Returns ns. */
  bigint: () => bigint;
}

interface Output {
  write: (text: unknown, ...rest: unknown[]) => true;
  readonly isTTY: false;
}

function output(parts: ModuleParts, stream: 'stdout' | 'stderr'): Output {
  return {
    write: (text, ...rest) => {
      parts.onWrite?.(stream, text instanceof Uint8Array ? new TextDecoder().decode(text) : String(text));
      const done = rest.find((value) => typeof value === 'function') as (() => void) | undefined;
      if (done) ticker(parts)(done);
      return true;
    },
    isTTY: false,
  };
}

/** Returns an object that makes text of all that is put into it, as `process.env` does. */
function environment(given: Readonly<Record<string, string>>): Record<string, string | undefined> {
  return new Proxy<Record<string, string | undefined>>(
    { ...given },
    {
      set: (target, name, value) => Reflect.set(target, name, String(value)),
      defineProperty: (target, name, described) =>
        Reflect.defineProperty(target, name, 'value' in described ? { ...described, value: String(described.value) } : described),
    },
  );
}

const noStdin =
  'process.stdin is not there in the page: nobody can type into the program. Start what it would read by a timer, or send it from a client.';
Object.defineProperty(Process.prototype, 'stdin', {
  get: () => {
    throw new Error(noStdin);
  },
});
