/** Runs on the sandbox server: a session for each run, and the browser's own WebSocket, fetch and EventSource. */
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import { pageClock } from '../clocks/page-clock.ts';
import { fetchMachinery, type Machinery } from '../run/machinery.ts';
import type { Run } from '../run/run.ts';
import type { NetworkRun, RunListener, RunNetwork, RunPlan } from './run-network.ts';

export class LiveNetwork implements RunNetwork {
  /** Origin of the sandbox server. */
  readonly #origin: string;
  #machinery: Promise<Machinery> | undefined;
  #run: Run | undefined;
  #listener: RunListener | undefined;

  constructor(origin: string) {
    this.#origin = origin;
  }

  prepare(conditions: LinkConditions, mayOpen: boolean): void {
    void this.#theMachinery().then(
      ({ runner, sessions }) => {
        runner.prewarm();
        if (mayOpen) sessions.prepare(conditions);
      },
      // Run tries again and reports what is wrong.
      () => undefined,
    );
  }

  async open({ client, clients }: RunPlan, listener: RunListener): Promise<NetworkRun> {
    const { sessions, runner, Run } = await this.#theMachinery();
    const conditions = listener.conditions();
    const own: { run?: Run; hasEnded?: true } = {};
    const session = await sessions.take(conditions, {
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

  #theMachinery(): Promise<Machinery> {
    this.#machinery ??= fetchMachinery({
      sandbox: this.#origin,
      onItem: (client, item) => this.#run?.take(client, item),
      onBusy: (client, isBusy) => this.#listener?.onBusy(client, isBusy),
      onEnded: (why, client) => this.#listener?.onEnded(why, client),
    }).catch((error: unknown) => {
      this.#machinery = undefined;
      throw error;
    });
    return this.#machinery;
  }
}

/** `reason` is the server's, if it gave one. */
function whyLacking(reason: string | undefined): string {
  const what = reason === undefined ? 'The sandbox server went away' : 'The sandbox server ended the session';
  return `${what} during this run, so part of it was not seen and it cannot be judged. Run it again.`;
}
