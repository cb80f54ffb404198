/** Judges the reader's run and, where the exercise asks for it, the same program under many seeds. */
import type { CheckModule } from '../../../protocol/messages/exercise.ts';
import { loadPart } from '../load-part.ts';
import type { PlaygroundModel } from '../playground-model.ts';
import { judgeRun } from './judge-run.ts';
import type { Judgement, Progress } from './judging.ts';

const unreachable =
  'The part that tries seeds could not be fetched: the server does not answer. When it is back, press Check again.';

/** Seeds are tried only for a run that passes. Never rejects for what is wrong with the check. */
export async function judgeAll(model: PlaygroundModel, load: () => Promise<CheckModule>, progress: Progress): Promise<Judgement> {
  const own = await judgeRun(async () => (await load()).default, model.ownTrace(), model.ownRun.lacks);
  if (!own.passed) return own;
  const { default: byDefault, seeds } = await load();
  if (!seeds) return own;
  const { tryOn } = await loadPart('The part that tries seeds', () => import('./seeds/lazy-seeds.ts'), unreachable);
  return await tryOn(model, { seeds: { check: byDefault, ...seeds }, own, progress });
}
