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

test('each limit in the table of options has a case here, and nothing else does', () => {
  const covered = [...sharedCases.map(({ limit }) => limit), ...ownCases.map(({ limit }) => limit)];
  expect([...new Set(covered)].sort()).toEqual(limits.sort());
});

/** The value that each limit is set to. */
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

/** Takes `times` times or until refused. Returns what was taken and the words of the refusal, empty if there was none. */
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
  '$limit: when one session has taken all $what, another address and another session still get and keep theirs',
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

    // Nobody else loses anything, however often the greedy one tries again.
    await takeAll(2 * most, () => takeFor(greedy));
    expect([theirs.lost, mine.lost]).toEqual([undefined, undefined]);
    expect(await served.figure(`gave_way_total{limit="${limit}"}`)).toBeGreaterThanOrEqual(given);
    for (const visitor of [greedy, neighbour, stranger]) visitor.leave();
  },
);

test.each(ownCases.filter((one) => 'run' in one))(
  '$limit: $what, and other sessions behind the same address and another notice nothing',
  async ({ options, stopsClock, run }) => {
    await using served = await serve(options, stopsClock);
    const neighbours = await Neighbours.of(served.origin);
    await run(served, await Visitor.inSession(served.origin, '192.0.2.1'), neighbours);
    await neighbours.finish();
  },
);

test('only a time that nobody can use up is left unshared', () => {
  for (const one of ownCases) {
    if ('run' in one) continue;
    expect(optionTable[one.limit].unit).toBe('seconds');
    expect(one.because).toMatch(/^[A-Z].+\.$/);
  }
});
