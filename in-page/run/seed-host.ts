/**
 * Runs the switches of many runs in the page: the programs stay in their Workers, and begin anew in each run. A few runs go on side
 * by side, each in a lane of Workers of its own, since switch and programs mostly wait for each other.
 */
import type { Peer } from '../switch/peer.ts';
import { Switch } from '../switch/switch.ts';
import { faultOf } from './fault-of.ts';
import { PortPeer } from './port-peer.ts';
import { PortOfRun } from './port-of-run.ts';
import type { BeginRun, FromSeeds, SeedRun, SeedSettings } from './seed-messages.ts';

/** The most that may happen in one run. */
const most = { steps: 1_000_000, events: 100_000 };

/** So many runs may wait for the page to take them. */
const mostUntaken = 4;

/** A program that runs beside its switch, or the port to its Worker. */
export type SeedProgram = ((seed: number) => Peer) | { name: string; port: MessagePort };

export interface SeedHostParts {
  settings: SeedSettings;
  /** To the page. */
  port: Pick<MessagePort, 'postMessage'>;
  /** The programs of each lane, the server first. */
  lanes: readonly (readonly SeedProgram[])[];
}

export class SeedHost {
  readonly #parts: SeedHostParts;
  readonly #seeds: IterableIterator<[run: number, seed: number]>;
  #untaken = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(parts: SeedHostParts) {
    this.#parts = parts;
    this.#seeds = [...parts.settings.seeds].entries();
  }

  /**
   * Runs all seeds, and tells the page of each run when it is over. Tells of a fault and ends if a program says what no program
   * can.
   */
  async run(): Promise<void> {
    try {
      await Promise.all(this.#parts.lanes.map((programs) => this.#runLane(programs)));
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  /** The page has taken a run. */
  taken(): void {
    this.#untaken--;
    this.#waiting.shift()?.();
  }

  async #runLane(programs: readonly SeedProgram[]): Promise<void> {
    for (let next = this.#seeds.next(); !next.done; next = this.#seeds.next()) {
      const [run, seed] = next.value;
      this.#tell({ type: 'seed-run', ...(await this.#runOne(programs, run, seed)) });
      if (++this.#untaken >= mostUntaken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async #runOne(programs: readonly SeedProgram[], run: number, seed: number): Promise<SeedRun> {
    const { conditions, until } = this.#parts.settings;
    const events: SeedRun['events'] = [];
    const network = new Switch({ conditions: { ...conditions, seed }, onEvent: (event) => events.push(event) });
    for (const program of programs) network.join(typeof program === 'function' ? program(seed) : this.#begin(program, run, seed));
    const rest = await network.run({
      until,
      get mostSteps() {
        return events.length > most.events ? 0 : most.steps;
      },
    });
    return { seed, events, rest, now: network.now };
  }

  #begin({ name, port }: { name: string; port: MessagePort }, run: number, seed: number): Peer {
    port.postMessage({ type: 'begin-run', run, seed } satisfies BeginRun);
    return new PortPeer(name, new PortOfRun(port, run), (broken) => this.#failed(broken));
  }

  #failed(thrown: unknown): void {
    this.#tell(faultOf(thrown));
  }

  #tell(message: FromSeeds): void {
    this.#parts.port.postMessage(message);
  }
}
