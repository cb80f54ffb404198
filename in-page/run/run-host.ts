/** Runs the switch of a run in the page: programs join it by their ports, and the page hears of its events. */
import { PacedClock } from '../switch/run-clock.ts';
import { type RunBounds, Switch } from '../switch/switch.ts';
import { EventBatches } from './event-batches.ts';
import { faultOf } from './fault-of.ts';
import { PortPeer } from './port-peer.ts';
import type { FromRun, RunSettings, ToRun } from './run-messages.ts';

/** The most that may happen in a run that goes as fast as it can. */
const mostSteps = 1_000_000;

/** For so long at least a run that goes as fast as it can tells nothing of what happens, ms. */
const tellEvery = 16;

export interface RunHostParts {
  settings: RunSettings;
  /** To the page. */
  port: Pick<MessagePort, 'postMessage'>;
  /** ms, of a clock that the programs cannot see. */
  now: () => number;
}

const after = (ms: number, callback: () => void): (() => void) => {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
};

export class RunHost {
  readonly #parts: RunHostParts;
  readonly #batches: EventBatches;
  readonly #clock: PacedClock;
  readonly #switch: Switch;
  readonly #peers = new Map<string, PortPeer>();
  readonly #bounds: RunBounds;
  #isRunning = false;
  #toldAt: number;

  constructor(parts: RunHostParts) {
    const { settings, now } = parts;
    this.#parts = parts;
    this.#toldAt = now();
    this.#batches = new EventBatches((events) => this.#tell({ type: 'events', events, now: this.#switch.now }));
    this.#clock = new PacedClock({ now, after }, settings.speed);
    this.#switch = new Switch({
      conditions: settings.conditions,
      clock: { until: (time) => this.#until(time), present: () => this.#clock.present() },
      onEvent: (event) => this.#batches.add(event),
      onRefused: (program, port, listening) => this.#tell({ type: 'refused', program, port, listening }),
      onStray: () => this.#goOn(),
    });
    this.#bounds = settings.speed === Infinity ? { until: settings.until, mostSteps } : {};
  }

  /**
   * Lets programs take part, all from the same moment on. One whose name is taken takes the place of that one, as a server that
   * is started again.
   */
  join(programs: readonly { name: string; port: MessagePort }[]): void {
    for (const { name, port } of programs) {
      this.#peers.get(name)?.close();
      this.#switch.leave(name);
      const peer = new PortPeer(name, port, (broken) => this.#failed(broken));
      this.#peers.set(name, peer);
      this.#switch.join(peer);
    }
    this.#goOn();
  }

  take(message: ToRun): void {
    if (message.type === 'taken') return this.#batches.taken();
    this.#switch.setConditions(message.conditions);
    this.#goOn();
  }

  #goOn(): void {
    this.#clock.hurry();
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      const rest = await this.#switch.run(this.#bounds);
      this.#batches.flush();
      this.#tell({ type: 'rest', rest, now: this.#switch.now });
    } catch (thrown) {
      this.#failed(thrown);
    } finally {
      this.#isRunning = false;
    }
  }

  /** Waits as the clock says, and for a page that is behind. Tells what has happened before a wait, and now and then. */
  async #until(time: number): Promise<void> {
    const now = this.#parts.now();
    const waiting = this.#clock.until(time);
    if (waiting || now - this.#toldAt >= tellEvery) {
      this.#toldAt = now;
      this.#batches.flush();
    }
    await waiting;
    await this.#batches.room();
  }

  #failed(thrown: unknown): void {
    this.#tell(faultOf(thrown));
  }

  #tell(message: FromRun): void {
    this.#parts.port.postMessage(message);
  }
}
