/** Runs in this page alone: every program in a Worker of its own, on one switch, under the run's clock. */
import type { RunSettings } from '../../../in-page/run/run-messages.ts';
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import { InPageRunner } from '../../runner/in-page-runner.ts';
import { InPageRun } from '../run/in-page-run.ts';
import { inPagePrograms } from './in-page-programs.ts';
import type { NetworkRun, RunListener, RunNetwork, RunPlan } from './run-network.ts';

/** How fast runs go and when they end; see `RunSettings`. */
export type Pace = Pick<RunSettings, 'speed' | 'until'>;

export class InPageNetwork implements RunNetwork {
  readonly #pace: () => Pace;
  readonly #runner: InPageRunner;
  #run: InPageRun | undefined;

  /** `pace` says how fast the next run goes. */
  constructor(pace: () => Pace) {
    this.#pace = pace;
    this.#runner = new InPageRunner({
      onItem: (program, item) => this.#run?.takeItem(program, item),
      onBusy: (program, isBusy) => this.#run?.busy(program, isBusy),
      onEvents: (events, now) => this.#run?.takeEvents(events, now),
      onRest: (rest, now) => this.#run?.rested(rest, now),
      onRefused: (program, port, listening) => this.#run?.refused(program, port, listening),
      onEnded: (why, program) => this.#run?.ended(why, program),
    });
  }

  prepare(): void {
    this.#runner.prewarm();
  }

  open(plan: RunPlan, listener: RunListener): Promise<NetworkRun> {
    const runner = this.#runner;
    const pace = this.#pace();
    const programs = inPagePrograms(plan);
    const fileOf = (program: string): string => (programs.find(({ name }) => name === program) ?? plan.client).file;
    const run = new InPageRun({ listener, fileOf, speed: pace.speed });
    return Promise.resolve({
      store: run.store,
      present: pace.speed === Infinity ? undefined : () => run.present,
      begin: () => {
        this.#run = run;
        runner.start(programs, { conditions: listener.conditions(), ...pace });
      },
      add: (name) => runner.join({ name, ...plan.client, isOnStock: plan.server === undefined }),
      ...(plan.server && { restartServer: (program) => runner.join({ name: 'server', ...program, isOnStock: false }) }),
      setConditions: (changed: Partial<LinkConditions>) => runner.setConditions({ ...listener.conditions(), ...changed }),
      end: () => {
        run.end();
        if (this.#run !== run) return;
        this.#run = undefined;
        runner.stop();
      },
    });
  }
}
