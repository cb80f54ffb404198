import { expect, test } from 'vitest';
import { runPrograms } from '../../testing/run-for-tests.ts';
import { NodeTimers } from './node-timers.ts';
import { timerGlobals, timerPromises } from './timers-module.ts';

type Timers = ReturnType<typeof timerGlobals> & { promises: ReturnType<typeof timerPromises> };

/** Runs a program with Node's timers. Returns what it logged, each line with its time, and the errors nobody caught. */
async function timed(program: (timers: Timers, log: (word: unknown) => void) => void | Promise<void>) {
  const lines: unknown[] = [];
  const { errors } = await runPrograms({
    server: ({ clock }) => {
      const timers = new NodeTimers(clock);
      const promises = timerPromises(timers);
      return program({ ...timerGlobals(timers, promises), promises }, (word) => lines.push(`${clock.present} ${String(word)}`));
    },
  });
  return { lines, errors: errors.map(String) };
}

test('timers pass further arguments, and wait 1 ms at least, however deeply they are nested', async () => {
  const { lines, errors } = await timed(({ setTimeout }, log) => {
    const again = (left: number): void => {
      log(left);
      if (left > 0) setTimeout(again, 0, left - 1);
    };
    setTimeout(again, undefined, 7);
  });
  expect([lines, errors]).toEqual([['1 7', '2 6', '3 5', '4 4', '5 3', '6 2', '7 1', '8 0'], []]);
});

test('an interval of 1 ms keeps its pace until it is cleared from within', async () => {
  const { lines } = await timed(({ setInterval, clearInterval }, log) => {
    let left = 8;
    const interval = setInterval(() => {
      log(left);
      if (--left === 0) clearInterval(interval);
    }, 1);
  });
  expect(lines).toEqual(['1 8', '2 7', '3 6', '4 5', '5 4', '6 3', '7 2', '8 1']);
});

test('an interval that was unreferenced, as heartbeats are, ticks all the same and says that it is', async () => {
  const { lines } = await timed(({ setInterval, setTimeout, clearInterval }, log) => {
    const heartbeat = setInterval(() => log('beat'), 30).unref();
    log(heartbeat.hasRef());
    setTimeout(() => clearInterval(heartbeat), 70);
  });
  expect(lines).toEqual(['0 false', '30 beat', '60 beat']);
});

test('refresh starts a timer anew, after it has fired too, but not after it was cleared', async () => {
  const { lines } = await timed(({ setTimeout, clearTimeout }, log) => {
    const timer = setTimeout(() => log('fired'), 20);
    setTimeout(() => timer.refresh(), 10);
    setTimeout(() => timer.refresh(), 50);
    const cleared = setTimeout(() => log('cleared'), 20);
    clearTimeout(cleared);
    cleared.refresh();
  });
  expect(lines).toEqual(['30 fired', '70 fired']);
});

test('a timer is cleared by its number, as a number or as text, and by close', async () => {
  const { lines } = await timed(({ setTimeout, clearTimeout }, log) => {
    clearTimeout(+setTimeout(() => log('number'), 5));
    clearTimeout(`${setTimeout(() => log('text'), 5)}`);
    setTimeout(() => log('closed'), 5).close();
    for (const nothing of [undefined, null, {}, 'x', 4711]) clearTimeout(nothing);
    setTimeout(() => log('left'), 5);
  });
  expect(lines).toEqual(['5 left']);
});

test('an immediate comes after microtasks and before every timer, and can be cleared', async () => {
  const { lines } = await timed(({ setTimeout, setImmediate, clearImmediate }, log) => {
    setTimeout(() => log('timer'), 0);
    setImmediate((word: string) => log(word), 'immediate');
    clearImmediate(setImmediate(() => log('cleared')));
    queueMicrotask(() => log('microtask'));
  });
  expect(lines).toEqual(['0 microtask', '0 immediate', '1 timer']);
});

test('timers of one time are tasks of their own: microtasks come between, and an error stops none of the others', async () => {
  const { lines, errors } = await timed(({ setTimeout }, log) => {
    setTimeout(() => {
      queueMicrotask(() => log('microtask'));
      throw new Error('boom');
    }, 5);
    setTimeout(() => log('second'), 5);
  });
  expect([lines, errors]).toEqual([['5 microtask', '5 second'], ['Error: boom']]);
});

test('what is no function is refused in Node’s words', async () => {
  const { errors } = await timed(({ setTimeout }) => void setTimeout('alert()' as never, 5));
  expect(errors).toEqual(['TypeError: The "callback" argument must be of type function. Received type string (\'alert()\')']);
});

test('promises wait on the same clock, iterate over an interval, and reject with an AbortError', async () => {
  const { lines } = await timed(async ({ promises, setTimeout }, log) => {
    log(await promises.setTimeout(25, 'waited'));
    let count = 0;
    for await (const value of promises.setInterval(10, 'tick')) {
      log(value);
      if (++count === 2) break;
    }
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 5);
    await promises.setTimeout(1000, 0, { signal: controller.signal }).catch((error: Error) => log(error.name));
  });
  expect(lines).toEqual(['25 waited', '35 tick', '45 tick', '50 AbortError']);
});
