import { expect, test } from 'vitest';
import type { Process } from '../process/process.ts';
import { type NodeWorld, runNode } from '../testing/node-programs.ts';
import type { ModuleParts } from '../module-parts.ts';

interface Globals {
  process: Process;
  Date: DateConstructor;
  Math: Math;
  performance: { now: () => number; timeOrigin: number };
  crypto: { randomUUID: () => string };
  setTimeout: (callback: () => void, ms?: number) => { unref: () => unknown };
  setInterval: (callback: () => void, ms?: number) => { unref: () => unknown };
  setImmediate: (callback: () => void) => unknown;
}

const epoch = Date.UTC(2026, 0, 2, 3, 4, 5);

/** Runs a program with globals. Returns what it logged and what nobody caught. */
async function run(
  program: (globals: Globals, log: (...words: unknown[]) => void, world: NodeWorld) => void,
  parts: Partial<ModuleParts> = {},
) {
  const lines: unknown[] = [];
  const { errors, exits } = await runNode({
    parts: { epoch, ...parts },
    server: (world) => program(world.globals as unknown as Globals, (...words) => lines.push(...words), world),
  });
  return { lines, errors, exits };
}

test('Date and performance go by the run’s clock, and dates of other times are as ever', async () => {
  const { lines, errors } = await run(({ Date: RunDate, performance, setTimeout }, log) => {
    setTimeout(() => {
      log(RunDate.now() - epoch, new RunDate().toISOString(), performance.now(), performance.timeOrigin - epoch);
      log(RunDate(), new RunDate(0).getTime(), new RunDate('2020-01-01').getUTCFullYear(), RunDate.UTC(1970, 0));
    }, 1500);
    class Later extends RunDate {}
    log(
      new Later().getTime() - epoch,
      new Later() instanceof RunDate,
      new Date() instanceof RunDate,
      new RunDate() instanceof Date,
    );
  });
  expect(errors).toEqual([]);
  expect(lines).toEqual([
    0,
    true,
    true,
    true,
    1500,
    '2026-01-02T03:04:06.500Z',
    1500,
    0,
    new Date(epoch + 1500).toString(),
    0,
    2020,
    0,
  ]);
});

test('a loop that waits for Date to go on ends', async () => {
  const { lines } = await run(({ Date: RunDate }, log) => {
    const end = RunDate.now() + 5;
    while (RunDate.now() < end);
    log(RunDate.now() >= end);
  });
  expect(lines).toEqual([true]);
});

test('chance is the run’s: the same numbers each time, all of them in range, and the rest of Math as ever', async () => {
  const draw = async (): Promise<unknown[]> =>
    (await run(({ Math: RunMath, crypto }, log) => log(RunMath.random(), RunMath.random(), crypto.randomUUID()))).lines;
  expect(await draw()).toEqual(await draw());
  const { lines } = await run(({ Math: RunMath }, log) => {
    const drawn = Array.from({ length: 1000 }, () => RunMath.random());
    log(
      drawn.every((value) => value >= 0 && value < 1),
      new Set(drawn).size,
      RunMath.max(1, 2),
      String(RunMath),
    );
  });
  expect(lines).toEqual([true, 1000, 2, '[object Math]']);
});

test('process tells of the program, with text alone in its environment', async () => {
  const { lines } = await run(
    ({ process }, log) => {
      (process.env as Record<string, unknown>)['PORT'] = 8080;
      log(process.env['PORT'], process.env['NAME'], process.env['NONE'], process.argv[1], process.cwd(), process.platform);
      log(/^v24\./.test(process.version), Object.keys(process.env));
    },
    { env: { NAME: 'chat' }, program: 'chat.js' },
  );
  expect(lines).toEqual(['8080', 'chat', undefined, '/app/chat.js', '/app', 'linux', true, ['NAME', 'PORT']]);
});

test('process measures the run’s time in seconds, in pairs and in nanoseconds', async () => {
  const { lines } = await run(({ process, setTimeout }, log) => {
    const start = process.hrtime();
    setTimeout(
      () => log(process.uptime(), process.hrtime(start), process.hrtime([0, 999_999_999]), process.hrtime.bigint()),
      2500,
    );
  });
  expect(lines).toEqual([2.5, [2, 500_000_000], [1, 500_000_001], 2_500_000_000n]);
});

test('nextTick passes its arguments, before timers and immediates', async () => {
  const { lines } = await run(({ process, setTimeout, setImmediate }, log) => {
    setTimeout(() => log('timeout'), 0);
    setImmediate(() => log('immediate'));
    process.nextTick(log, 'tick', 1);
  });
  expect(lines).toEqual(['tick', 1, 'immediate', 'timeout']);
});

test('exit tells who listens, ends the program and does not return', async () => {
  const { lines, exits, errors } = await run(({ process }, log) => {
    process.on('exit', (code: number) => log('exit', code));
    process.on('SIGINT', () => undefined);
    process.exitCode = 3;
    process.exit();
    log('after');
  });
  expect([lines, exits, errors]).toEqual([['exit', 3], [3], []]);
});

test('exit and nextTick work when they are passed on by themselves', async () => {
  const { lines, exits, errors } = await run(({ process, setTimeout }, log) => {
    const { exit, nextTick } = process;
    nextTick(log, 'tick');
    setTimeout(() => exit(2), 10);
    process.on('exit', () => log(process.uptime()));
  });
  expect([lines, exits, errors]).toEqual([['tick', 0.01], [2], []]);
});

test('whoever runs the program can tell it of what nobody caught', async () => {
  const { lines } = await run(({ process }, log) => {
    log(process.emit('uncaughtException', new Error('nobody')));
    process.on('uncaughtException', (error: Error) => log(error.message));
    log(process.emit('uncaughtException', new Error('boom')));
  });
  expect(lines).toEqual([false, 'boom', true]);
});

test('what is written to the terminal goes to whoever takes it; nobody can type into one', async () => {
  const written: unknown[] = [];
  const { errors } = await run(
    ({ process }) => {
      process.stdout.write('out');
      process.stderr.write(new Uint8Array([104, 105]));
      void (process as unknown as { stdin: unknown }).stdin;
    },
    { onWrite: (...values) => written.push(values) },
  );
  expect(written).toEqual([
    ['stdout', 'out'],
    ['stderr', 'hi'],
  ]);
  expect(String(errors[0])).toMatch(/process.stdin is not there in the page/);
});

test('the globals are those that the modules have', async () => {
  const { lines } = await run(({ process, setTimeout, setInterval, performance }, log, { require }) => {
    const timers = require('timers') as Globals;
    log(require('process') === process, timers.setTimeout === setTimeout, timers.setInterval === setInterval);
    log((require('perf_hooks') as Globals).performance === performance);
  });
  expect(lines).toEqual([true, true, true, true]);
});
