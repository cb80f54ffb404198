/** Runs the switches of many runs in the page, one after another: the programs stay in their Workers, and begin anew in each. */
import { Switch } from '../switch/switch.ts';
import { type PeerPort, PortPeer } from './port-peer.ts';
import type { Delivery } from './run-messages.ts';
import type { BeginRun, FromSeeds, SeedDelivered, SeedRun, SeedSettings, ToSeedProgram } from './seed-messages.ts';

/** The most that may happen in one run. */
const most = { steps: 1_000_000, events: 100_000 };

/** So many runs may wait for the page to take them. */
const unanswered = 2;

export interface SeedHostParts {
  settings: SeedSettings;
  /** To the page. */
  port: Pick<MessagePort, 'postMessage'>;
  /** The programs, and their ports. */
  programs: readonly { name: string; port: MessagePort }[];
}

export class SeedHost {
  readonly #parts: SeedHostParts;
  #untaken = 0;
  #onRoom: (() => void) | undefined;

  constructor(parts: SeedHostParts) {
    this.#parts = parts;
  }

  /** Runs all seeds, and tells the page of each run. Tells of a fault and ends if a program says what no program can. */
  async run(): Promise<void> {
    const { seeds } = this.#parts.settings;
    try {
      for (const [run, seed] of seeds.entries()) {
        this.#tell({ type: 'seed-run', ...(await this.#runOne(run, seed)) });
        if (++this.#untaken >= unanswered) await new Promise<void>((resolve) => (this.#onRoom = resolve));
      }
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  /** The page has taken a run. */
  taken(): void {
    this.#untaken--;
    this.#onRoom?.();
  }

  async #runOne(run: number, seed: number): Promise<SeedRun> {
    const { settings, programs } = this.#parts;
    const events: SeedRun['events'] = [];
    const network = new Switch({ conditions: { ...settings.conditions, seed }, onEvent: (event) => events.push(event) });
    for (const { name, port } of programs) {
      port.postMessage({ type: 'begin-run', run, seed } satisfies BeginRun);
      network.join(new PortPeer(name, new PortOfRun(port, run), (broken) => this.#failed(broken)));
    }
    const rest = await network.run({
      until: settings.until,
      get mostSteps() {
        return events.length > most.events ? 0 : most.steps;
      },
    });
    return { seed, events, rest, now: network.now };
  }

  #failed(thrown: unknown): void {
    this.#tell({ type: 'fault', text: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) });
  }

  #tell(message: FromSeeds): void {
    this.#parts.port.postMessage(message);
  }
}

/** A program's port as one run has it: what an earlier run still had to say is not heard. */
class PortOfRun implements PeerPort {
  readonly #port: MessagePort;
  readonly #run: number;

  constructor(port: MessagePort, run: number) {
    this.#port = port;
    this.#run = run;
  }

  set onmessage(take: ((event: MessageEvent) => void) | null) {
    this.#port.onmessage = (event: MessageEvent<Partial<SeedDelivered> | null>) => {
      if (event.data?.run === this.#run) take?.(event);
    };
  }

  postMessage(delivery: Delivery): void {
    this.#port.postMessage({ type: 'delivery', ...delivery } satisfies ToSeedProgram);
  }

  close(): void {
    this.#port.onmessage = null;
  }
}
