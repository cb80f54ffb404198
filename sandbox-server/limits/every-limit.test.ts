import { expect, test } from 'vitest';
import { type Options, optionTable } from '../options.ts';
import { startServer, until } from '../testing/client.ts';
import { addressHeader, type Gotten, Refused, Visitor } from '../testing/visitor.ts';
import { createTimers } from '../timers.ts';
import { Neighbours } from './cases/neighbours.ts';
import { ownCases } from './cases/own.ts';
import { type Served, type SharedCase, sharedCases } from './cases/shared.ts';

/** Every option that bounds something, or says how long something takes. */
const limits = Object.entries(optionTable)
  .filter(([, { unit }]) => unit !== undefined)
  .map(([name]) => name);

test('every limit of the table of options has a case here, and no other', () => {
  const covered = [...sharedCases.map(({ limit }) => limit), ...ownCases.map(({ limit }) => limit)];
  expect([...new Set(covered)].sort()).toEqual(limits.sort());
});

/** How many there are of what a limit bounds. */
const most = 4;

async function serve(options: Partial<Options>, stopsClock = false): Promise<Served & AsyncDisposable> {
  const timers = createTimers();
  const began = timers.now();
  let moved = 0;
  const surroundings = {
    timers: {
      now: () => (stopsClock ? began : timers.now()) + moved,
      after: (ms: number, callback: () => void) => timers.after(ms, callback),
      get waiting() {
        return timers.waiting;
      },
    },
    epoch: 0,
  };
  const running = await startServer({ addressHeader, ...options }, surroundings);
  return {
    ...running,
    pass: (ms) => (moved += ms),
    async figure(name) {
      const text = await (await fetch(`${running.origin}/metrics`)).text();
      const line = text.split('\n').find((one) => one.startsWith(`duplex_${name} `));
      return Number(line?.split(' ').at(-1) ?? 0);
    },
  };
}

/** Takes so many times, or until it is refused; what was taken, and the words of the refusal. */
async function takeAll(times: number, take: () => Promise<Gotten>): Promise<{ taken: Gotten[]; words: string }> {
  const taken: Gotten[] = [];
  for (let i = 0; i < times; i++) {
    try {
      taken.push(await take());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { taken, words: error.message };
    }
  }
  return { taken, words: '' };
}

const lost = (all: readonly Gotten[]): number => all.filter((gotten) => gotten.lost !== undefined).length;

test.each(sharedCases)(
  '$limit: one session has taken all $what that there are, and another address and a session behind the same one get theirs and keep it',
  async ({ limit, scope, options = {}, take, isAlone = false, before }: SharedCase) => {
    await using served = await serve({ ...options, [limit]: most });
    const visit = (address: string): Visitor | Promise<Visitor> =>
      isAlone ? Visitor.alone(served.origin, address) : Visitor.inSession(served.origin, address);
    const greedy = await visit('192.0.2.1');
    const neighbour = await visit('192.0.2.1');
    const stranger = await visit('192.0.2.2');
    let n = 0;
    const takeFor = (visitor: Visitor) => take(visitor, n++, served);

    const { taken, words } = await takeAll(most + 1, () => takeFor(greedy));
    expect([taken.length, lost(taken)]).toEqual([most, 0]);
    expect(words.trim()).toMatch(/^[A-Z].{20,122}\.$/);
    expect(await served.figure(`limits_reached_total{limit="${limit}"}`)).toBe(1);

    const theirs = await takeFor(stranger);
    await until(() => lost(taken) === (scope === 'server' ? 1 : 0));
    before?.(served);
    const mine = await takeFor(neighbour);
    const given = { server: 2, address: 1, session: 0 }[scope];
    await until(() => lost(taken) === given);
    for (const gotten of taken) if (gotten.lost !== undefined) expect(gotten.lost).toMatch(/gave way/);

    // However much the greedy one wants in again, nobody else loses anything.
    await takeAll(2 * most, () => takeFor(greedy));
    expect([theirs.lost, mine.lost]).toEqual([undefined, undefined]);
    expect(await served.figure(`gave_way_total{limit="${limit}"}`)).toBeGreaterThanOrEqual(given);
    for (const visitor of [greedy, neighbour, stranger]) visitor.leave();
  },
);

test.each(ownCases.filter((one) => 'run' in one))(
  '$limit: $what, and neighbours in other sessions behind the same address and another notice nothing',
  async ({ options, stopsClock, run }) => {
    await using served = await serve(options, stopsClock);
    const neighbours = await Neighbours.of(served.origin);
    await run(served, await Visitor.inSession(served.origin, '192.0.2.1'), neighbours);
    await neighbours.finish();
  },
);

test('only what is a time, and what nobody can use up, is shared by nobody', () => {
  for (const one of ownCases) {
    if ('run' in one) continue;
    expect(optionTable[one.limit].unit).toBe('seconds');
    expect(one.because).toMatch(/^[A-Z].+\.$/);
  }
});
