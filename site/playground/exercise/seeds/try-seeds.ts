/** Judges a program's runs under many seeds, up to the first that fails. */
import type { SeedRun } from '../../../../in-page/run/seed-messages.ts';
import type { Check, Seeds } from '../../../../protocol/messages/exercise.ts';
import { InPageTrace } from '../../run/in-page-trace.ts';
import { judgeTrace } from '../judge-run.ts';
import type { Judgement, SeedShown } from '../judging.ts';

export interface SeedTrial {
  seeds: Seeds & { check: Check };
  /** The verdict on the reader's own run, which has passed. */
  own: Judgement;
  /**
   * Runs the program under these seeds and hands over each run, until `take` returns false. Rejects with an Error, in words for the
   * reader.
   */
  runs(seeds: readonly number[], take: (run: SeedRun) => boolean): Promise<void>;
  /** Called before the first run and after each, with the number of seeds tried. Returns false to try no more. */
  onTried(tried: number): boolean;
}

/** Never rejects. The judgement on a run that can be shown has its `ofSeed`. */
export async function trySeeds({ seeds, own, runs, onTried }: SeedTrial): Promise<Judgement> {
  const { count, check, link, clients } = seeds;
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const failed: { judgement?: Judgement } = {};
  let tried = 0;
  if (!onTried(0)) return calledOff;
  try {
    await runs(numbers, (run) => {
      const judgement = judgeSeedRun(check, run);
      tried++;
      if (judgement.passed !== true) {
        const ofSeed: SeedShown = { seed: run.seed, clients: clients ?? 1, ...(link && { link }) };
        failed.judgement = { ...judgement, message: `With seed ${run.seed}: ${judgement.message}`, ofSeed };
        return false;
      }
      return onTried(tried);
    });
  } catch (problem) {
    return { message: (problem as Error).message };
  }
  if (failed.judgement) return failed.judgement;
  if (tried < count) return calledOff;
  return { ...own, message: `${own.message} It passed under ${count === 1 ? '1 seed' : `${count} seeds`} as well.` };
}

const calledOff: Judgement = { message: 'Not all seeds were tried, so there is no verdict. Check again.' };

function judgeSeedRun(check: Check, { events, rest }: SeedRun): Judgement {
  if (rest === 'steps') return { message: 'More happened in the run than a page can take, so it cannot be judged.' };
  const store = new InPageTrace();
  store.take(events);
  return judgeTrace(check, store.document());
}
