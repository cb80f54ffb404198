import { batch, signal } from '@preact/signals';
import { afterEach, describe, expect, test } from 'vitest';
import { Judging, type Judgement, type Progress } from './judging.ts';
import type { RunState } from '../run/program.ts';

const made: Judging[] = [];
afterEach(() => {
  for (const judging of made.splice(0)) judging.dispose();
});

/** Returns a playground made of signals alone. What it shows has run, unless `run` is undefined. */
function lab({
  run: first = 1,
  judge = () => Promise.resolve<Judgement>({ passed: true, message: 'All there.' }),
}: { run?: number | undefined; judge?: (progress: Progress) => Promise<Judgement> } = {}) {
  const state = signal<RunState>('ready');
  const run = signal<number | undefined>(first);
  const did: string[] = [];
  const judging = new Judging({
    state,
    run,
    start() {
      did.push('run');
      run.value = (run.value ?? 10) + 1;
      state.value = 'running';
      return Promise.resolve();
    },
    judge(progress) {
      did.push(`judge ${run.value ?? ''}`);
      return judge(progress);
    },
    startSeed({ seed }) {
      did.push(`run seed ${seed}`);
      run.value = (run.value ?? 10) + 1;
      state.value = 'running';
      return Promise.resolve();
    },
  });
  made.push(judging);
  const said = (): string =>
    `${judging.said.value.passed === undefined ? '' : judging.said.value.passed ? 'Passed. ' : 'Not yet. '}${judging.said.value.message}`;
  return { judging, state, run, did, said };
}
const turns = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('Check', () => {
  test('judges a run that has ended, and runs nothing', async () => {
    const { judging, state, did, said } = lab();
    state.value = 'resting';
    await judging.check();
    expect(did).toEqual(['judge 1']);
    expect(said()).toBe('Passed. All there.');
  });

  test('waits for a run in progress, and judges it when it has ended', async () => {
    const { judging, state, did, said } = lab();
    state.value = 'running';
    const checking = judging.check();
    await turns();
    expect([did, judging.isWaiting.value, said()]).toEqual([
      [],
      true,
      'It will be checked when the run has ended. Stop cancels that.',
    ]);
    state.value = 'resting';
    await checking;
    expect([did, judging.isWaiting.value, said()]).toEqual([['judge 1'], false, 'Passed. All there.']);
  });

  test('runs a program that has not run, and then judges it', async () => {
    const { judging, state, run, did, said } = lab();
    run.value = undefined;
    const checking = judging.check();
    await turns();
    expect(did).toEqual(['run']);
    state.value = 'resting';
    await checking;
    expect(did).toEqual(['run', 'judge 11']);
    expect(said()).toBe('Passed. All there.');
  });

  test('is called off by Stop; asked again, it judges what there is', async () => {
    const { judging, state, did, said } = lab();
    state.value = 'running';
    const checking = judging.check();
    state.value = 'ready';
    await checking;
    expect([did, said()]).toEqual([[], 'Stopped before it had ended. Check judges it as far as it got.']);
    await judging.check();
    expect(did).toEqual(['judge 1']);
  });

  test('is called off by an edit, and says so at once', async () => {
    const { judging, state, run, did, said } = lab();
    state.value = 'running';
    const checking = judging.check();
    run.value = undefined;
    await checking;
    expect([did, said(), judging.isWaiting.value]).toEqual([[], 'Changed while it ran: Check runs it again.', false]);
  });

  test('says where to look when the program could not be run', async () => {
    const { judging, state, run, said } = lab();
    run.value = undefined;
    const checking = judging.check();
    await turns();
    batch(() => {
      run.value = undefined;
      state.value = 'ready';
    });
    await checking;
    expect(said()).toBe('It could not be run: the console says why.');
  });

  test('waits once when pressed twice', async () => {
    const { judging, state, did } = lab();
    state.value = 'running';
    const both = [judging.check(), judging.check()];
    state.value = 'resting';
    await Promise.all(both);
    expect(did).toEqual(['judge 1']);
  });

  test('waits for another run that begins meanwhile, and judges that one', async () => {
    const { judging, state, run, did } = lab();
    state.value = 'running';
    const checking = judging.check();
    run.value = 2;
    await turns();
    expect(did).toEqual([]);
    state.value = 'resting';
    await checking;
    expect(did).toEqual(['judge 2']);
  });
});

describe('a verdict', () => {
  const judged = async () => {
    const own = lab();
    own.state.value = 'resting';
    await own.judging.check();
    expect(own.said()).toBe('Passed. All there.');
    return own;
  };

  test.each<[what: string, change: (own: ReturnType<typeof lab>) => void, words: string]>([
    ['an edit', ({ run }) => (run.value = undefined), 'Changed since it was checked.'],
    ['another run', ({ run }) => (run.value = 2), 'This run has not been checked.'],
    ['the run, when it goes on', ({ state }) => (state.value = 'running'), 'It has gone on since it was checked.'],
  ])('is withdrawn by %s, in words', async (_, change, words) => {
    const own = await judged();
    change(own);
    expect(own.said()).toBe(words);
  });

  test('is never shown and counts for nothing when another run begins before it arrives', async () => {
    let give: (said: Judgement) => void = () => undefined;
    let counted = 0;
    const { judging, state, run, said } = lab({ judge: () => new Promise<Judgement>((resolve) => (give = resolve)) });
    state.value = 'resting';
    const checking = judging.check();
    run.value = 2;
    give({ passed: true, message: 'All there.', onShown: () => counted++ });
    await checking;
    expect([said(), counted]).toEqual(['Changed while it was checked.', 0]);
  });
});

describe('seeds', () => {
  const failed = { passed: false, message: 'With seed 7: lost.', ofSeed: { seed: 7, clients: 3 } };

  test('are told of while they are tried, and another Check waits for them', async () => {
    let tell: Progress = () => false;
    let give: (said: Judgement) => void = () => undefined;
    const { judging, state, did, said } = lab({
      judge: (progress) => {
        tell = progress;
        return new Promise<Judgement>((resolve) => (give = resolve));
      },
    });
    state.value = 'resting';
    const checking = judging.check();
    expect([tell(0, 20), said(), judging.trying.value]).toEqual([true, 'Trying 20 seeds.', { tried: 0, count: 20 }]);
    expect([tell(5, 20), judging.trying.value]).toEqual([true, { tried: 5, count: 20 }]);
    await judging.check();
    give(failed);
    await checking;
    expect([did, said(), judging.trying.value]).toEqual([['judge 1'], 'Not yet. With seed 7: lost.', undefined]);
  });

  test('are called off by an edit', async () => {
    const { judging, state, run, said } = lab({
      judge: (progress) => {
        expect(progress(0, 20)).toBe(true);
        run.value = undefined;
        return Promise.resolve<Judgement>(progress(1, 20) ? failed : { message: 'called off' });
      },
    });
    state.value = 'resting';
    await judging.check();
    expect([said(), judging.trying.value]).toEqual(['Changed while it was checked.', undefined]);
  });

  test('the run of one is shown, and its verdict again when it has ended, until something changes', async () => {
    const { judging, state, run, did, said } = lab({ judge: () => Promise.resolve<Judgement>(failed) });
    state.value = 'resting';
    await judging.check();
    const showing = judging.showSeed(failed);
    await turns();
    expect([did, said()]).toEqual([['judge 1', 'run seed 7'], 'Showing the run of seed 7.']);
    state.value = 'resting';
    await showing;
    expect(said()).toBe('Not yet. With seed 7: lost.');
    run.value = undefined;
    expect(said()).toBe('Changed since it was checked.');
  });
});
