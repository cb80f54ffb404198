/** Runs programs on the network in the page under many seeds, one run after another in the same Workers. */
import type { InPageProgram } from '../../in-page/run/run-messages.ts';
import type { FromSeeds, SeedRun, SeedRunTaken, SeedSettings, StartSeeds } from '../../in-page/run/seed-messages.ts';
import { FrameHolder, faultWords } from './frame-holder.ts';
import { readSeen } from './read-event.ts';
import frameAddress from './sandboxed/in-page/main.ts?runner-frame';

/** A run that has not come to rest after this long ends them all, ms of real time. */
export const longestRun = 10_000;

const broken = 'The program was stopped: it said that it did what no program here can do.';
const tooLong = (seed: number | undefined): string =>
  `With seed ${seed}, the program had not come to rest after ${longestRun / 1000} s, so the other seeds were not tried. An endless loop does that.`;

export class SeedRunner {
  readonly #frame = new FrameHolder(frameAddress, (text) => this.#end(faultWords(text)));
  #end: (why?: string) => void = () => this.#frame.discard();

  /**
   * Runs the programs under each of the seeds, the server first, and hands over each run, in the order of the seeds. Ends early
   * where `take` returns false. Rejects with an Error, in words for the reader, if the runs cannot go on. One call at a time.
   */
  run(programs: InPageProgram[], settings: SeedSettings, take: (run: SeedRun) => boolean): Promise<void> {
    this.stop();
    const { port1, port2 } = new MessageChannel();
    const seeds = [...settings.seeds];
    /** Runs that were over before one of an earlier seed. */
    const early = new Map<number, SeedRun>();
    const nextRun = (): SeedRun | undefined => {
      const run = early.get(seeds[0] as number);
      if (run) early.delete(seeds.shift() as number);
      return run;
    };
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout>;
      const end = (why?: string): void => {
        clearTimeout(timer);
        port1.onmessage = null;
        port1.close();
        // Another call may have a frame of its own by then.
        if (this.#end === end) {
          this.#frame.discard();
          this.#end = () => this.#frame.discard();
        }
        if (why === undefined) resolve();
        else reject(new Error(why));
      };
      this.#end = end;
      const wait = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => end(tooLong(seeds[0])), longestRun);
      };
      port1.onmessage = ({ data }: MessageEvent<FromSeeds>) => {
        if (data.type === 'fault') return end(faultWords(data.text));
        const run = readRun(data);
        if (!run) return end(broken);
        early.set(run.seed, run);
        port1.postMessage({ type: 'seed-run-taken' } satisfies SeedRunTaken);
        wait();
        for (let next = nextRun(); next; next = nextRun()) if (!take(next) || seeds.length === 0) return end();
      };
      const start: StartSeeds = { type: 'start-seeds', settings, programs };
      this.#frame.get().ready.then(
        (window) => {
          // The frame's origin is opaque, so there is no target origin to name; the window is the frame's own.
          window.postMessage(start, '*', [port2]);
          wait();
        },
        ({ message: why }: Error) => end(why),
      );
    });
  }

  /** Ends the runs at once, and hands over nothing more; their promise resolves. */
  stop(): void {
    this.#end();
  }
}

function readRun({ seed, events, rest, now }: SeedRun): SeedRun | undefined {
  try {
    return { seed, events: events.map(readSeen), rest, now };
  } catch {
    return undefined;
  }
}
