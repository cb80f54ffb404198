/** Tries a playground's program under many seeds: fetched when an exercise asks for it. */
import type { Check, Seeds } from '../../../../protocol/messages/exercise.ts';
import { SeedRunner } from '../../../runner/seed-runner.ts';
import { inPagePrograms } from '../../networks/in-page-programs.ts';
import { paces, type PlaygroundModel } from '../../playground-model.ts';
import type { Judgement, Progress } from '../judging.ts';
import { trySeeds } from './try-seeds.ts';

interface Trial {
  seeds: Seeds & { check: Check };
  own: Judgement;
  progress: Progress;
}

/** See `trySeeds`. The runs have the playground's own link, but for what the exercise changes. */
export async function tryOn(model: PlaygroundModel, { seeds, own, progress }: Trial): Promise<Judgement> {
  const runner = new SeedRunner();
  return await trySeeds({
    seeds,
    own,
    onTried: (tried) => progress(tried, seeds.count),
    async runs(numbers, take) {
      const plan = await model.plan(seeds.clients ?? 1);
      if ('error' in plan) throw new Error(plan.error.message);
      const conditions = { ...model.conditions.peek(), ...seeds.link };
      const settings = { conditions, seeds: numbers, until: paces.fast.until };
      await runner.run(inPagePrograms(plan), settings, take);
    },
  });
}
