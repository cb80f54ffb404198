/** The page's ends of the ports of a run's programs. */
import type { WorkerItem } from '../../protocol/messages/runner-messages.ts';
import { ClientChannel } from './client-channel.ts';

/** What the channels report; `program` is a client's letter, or `server`. */
export interface ProgramsListener {
  /** With what a program did, in order. Times are ms since the Unix epoch, on the page's clock. */
  onItem(program: string, item: WorkerItem): void;
  /** When a program has blocked its thread for 2 s (a note says so too), and when it goes on. */
  onBusy(program: string, isBusy: boolean): void;
  /** When the run has to end: the runner has failed, and `text` is what was thrown. */
  onFault(text: string): void;
  /** When the run has to end: the program broke the rules. `why` is a sentence for the reader. */
  onBroken(why: string, program: string): void;
}

export class ProgramChannels {
  readonly #listener: ProgramsListener;
  readonly #channels = new Map<string, ClientChannel>();

  constructor(listener: ProgramsListener) {
    this.#listener = listener;
  }

  /** Opens a channel for each program, and returns the ports for their Workers. A program of the same name is heard no more. */
  open(programs: readonly string[]): MessagePort[] {
    const { onItem, onBusy, onFault, onBroken } = this.#listener;
    return programs.map((program) => {
      this.#channels.get(program)?.close();
      const { port1, port2 } = new MessageChannel();
      const channel = new ClientChannel(port1, program, {
        onItem: (item) => (item.type === 'fault' ? onFault(item.text) : onItem(program, item)),
        onBusy: (isBusy) => onBusy(program, isBusy),
        onBroken: (why) => onBroken(why, program),
      });
      this.#channels.set(program, channel);
      return port2;
    });
  }

  close(): void {
    for (const channel of this.#channels.values()) channel.close();
    this.#channels.clear();
  }
}
