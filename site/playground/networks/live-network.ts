/** Runs on the sandbox server: a session for each run, and the browser's own WebSocket, fetch and EventSource. */
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import { pageClock } from '../clocks/page-clock.ts';
import { createRunner, type Runner } from '../../runner/runner.ts';
import { Run } from '../run/run.ts';
import { SessionPool } from '../session/session-pool.ts';
import type { NetworkRun, RunListener, RunNetwork, RunPlan } from './run-network.ts';

export class LiveNetwork implements RunNetwork {
  readonly #runner: Runner;
  readonly #sessions: SessionPool;
  #run: Run | undefined;
  #listener: RunListener | undefined;

  /** `origin` is the sandbox server's. */
  constructor(origin: string) {
    this.#sessions = new SessionPool(origin);
    this.#runner = createRunner({
      sandbox: origin,
      onItem: (client, item) => this.#run?.take(client, item),
      onBusy: (client, isBusy) => this.#listener?.onBusy(client, isBusy),
      onEnded: (why, client) => this.#listener?.onEnded(why, client),
    });
  }

  prepare(conditions: LinkConditions, mayOpen: boolean): void {
    this.#runner.prewarm();
    if (mayOpen) this.#sessions.prepare(conditions);
  }

  async open({ client, clients }: RunPlan, listener: RunListener): Promise<NetworkRun> {
    const runner = this.#runner;
    const conditions = listener.conditions();
    const own: { run?: Run; hasEnded?: true } = {};
    const session = await this.#sessions.take(conditions, {
      onEvents: (events) => own.run?.takeServerEvents(events),
      onLost: (reason) => {
        if (own.hasEnded) return;
        own.run?.lostTap(reason);
        listener.onLacking(whyLacking(reason));
      },
    });
    // The reader may have changed them while the session was opening.
    if (listener.conditions() !== conditions) await session.setConditions(listener.conditions());
    const { file } = client;
    const run = (own.run = new Run({
      session,
      file,
      log: listener.log,
      clients: listener.clients,
      latency: () => listener.conditions().latency,
      onProgramError: (error) => listener.onProgramError(file, error),
      onRest: listener.onRest,
    }));
    return {
      store: run.store,
      present: () => pageClock() - run.startedAt,
      begin: () => {
        this.#run = run;
        this.#listener = listener;
        const programs = clients.map((name) => ({ client: name, ...client }));
        runner.start(programs, session.base);
      },
      add: (name) => runner.add({ client: name, ...client }),
      setConditions: (changed) => {
        if (session.isOpen()) void session.setConditions(changed);
      },
      end: () => {
        own.hasEnded = true;
        run.end();
        if (this.#run !== run) return;
        this.#run = this.#listener = undefined;
        runner.stop();
      },
    };
  }
}

/** `reason` is the server's, if it gave one. */
function whyLacking(reason: string | undefined): string {
  const what = reason === undefined ? 'The sandbox server went away' : 'The sandbox server ended the session';
  return `${what} during this run, so part of it was not seen and it cannot be judged. Run it again.`;
}
