/** Runs programs on the network in the page: a frame with a Worker for the switch, and one for each program. */
import type { Rest } from '../../in-page/switch/switch.ts';
import type { FromRun, InPageProgram, JoinInPage, RunSettings, StartInPage, ToRun } from '../../in-page/run/run-messages.ts';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import { FrameHolder, faultWords } from './frame-holder.ts';
import { type ProgramsListener, ProgramChannels } from './program-channels.ts';
import { readSeen } from './read-event.ts';
import frameAddress from './sandboxed/in-page/main.ts?runner-frame';

/** What a run in the page reports. */
export interface InPageListener extends Pick<ProgramsListener, 'onItem' | 'onBusy'> {
  /** `now` is how far the run has got, ms of the run; so are the events' times. */
  onEvents(events: TraceEvent[], now: number): void;
  /** Nothing happens any more unless something comes from outside. */
  onRest(rest: Rest, now: number): void;
  /** A program has asked for a port on which nobody listens. */
  onRefused(program: string, port: number, listening: readonly number[]): void;
  /** The run was ended, not by the reader. `why` is a sentence; `program` is absent if no program caused it. */
  onEnded(why: string, program?: string): void;
}

const broken = 'The program was stopped: it said that it did what no program here can do.';

export class InPageRunner {
  readonly #listener: InPageListener;
  readonly #channels: ProgramChannels;
  readonly #frame = new FrameHolder(frameAddress, (text) => this.#fault(text));
  #run: MessagePort | undefined;

  constructor(listener: InPageListener) {
    this.#listener = listener;
    this.#channels = new ProgramChannels({
      onItem: listener.onItem,
      onBusy: listener.onBusy,
      onFault: (text) => this.#end(faultWords(text)),
      onBroken: (why, program) => this.#end(why, program),
    });
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /** Makes the frame and its Workers now, so that a later `start` need not wait. Does nothing if they are there. */
  prewarm(): void {
    this.#frame.get();
  }

  /** Starts a run and stops one that is on. The server's program comes first, if there is one. */
  start(programs: InPageProgram[], settings: RunSettings): void {
    this.stop();
    const { port1, port2 } = new MessageChannel();
    this.#run = port1;
    port1.onmessage = ({ data }: MessageEvent<FromRun>) => this.#take(data);
    const ports = this.#channels.open(programs.map(({ name }) => name));
    this.#post({ type: 'start-in-page', settings, programs }, [port2, ...ports]);
  }

  /** Adds a program to the run, or starts one anew whose name is taken. Throws an Error if no run is on. */
  join(program: InPageProgram): void {
    if (!this.#run) throw new Error('Cannot add a program: nothing is running');
    this.#post({ type: 'join-in-page', programs: [program] }, this.#channels.open([program.name]));
  }

  setConditions(conditions: LinkConditions): void {
    this.#tell({ type: 'conditions', conditions });
  }

  /** Ends the run at once, whatever the programs are doing, and reports nothing more. */
  stop(): void {
    if (!this.#run) return;
    this.#run.onmessage = null;
    this.#run.close();
    this.#run = undefined;
    this.#channels.close();
    this.#frame.discard();
    setTimeout(() => this.#frame.get());
  }

  #end(why: string, program?: string): void {
    if (!this.#run) return;
    this.stop();
    this.#listener.onEnded(why, program);
  }

  #fault(text: string): void {
    if (this.#run) this.#end(faultWords(text));
    else this.#frame.discard();
  }

  #take(message: FromRun): void {
    if (message.type === 'fault') return this.#end(faultWords(message.text));
    if (message.type === 'rest') return this.#listener.onRest(message.rest, message.now);
    if (message.type === 'refused') return this.#listener.onRefused(message.program, message.port, message.listening);
    try {
      this.#listener.onEvents(message.events.map(readSeen), message.now);
    } catch {
      return this.#end(broken);
    }
    this.#tell({ type: 'taken' });
  }

  #tell(message: ToRun): void {
    this.#run?.postMessage(message);
  }

  #post(message: StartInPage | JoinInPage, ports: MessagePort[]): void {
    // The frame's origin is opaque, so there is no target origin to name; the window is the frame's own.
    this.#frame.get().ready.then(
      (window) => window.postMessage(message, '*', ports),
      ({ message: why }: Error) => this.#end(why),
    );
  }
}
