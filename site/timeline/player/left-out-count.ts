/** Counts what is missing from the picture as last painted. */
import { type Signal, signal } from '@preact/signals';
import type { Conversation } from '../conversation/conversation.ts';
import type { CanvasStage } from '../paint/canvas-stage.ts';
import type { LeftOut } from '../words/left-out.ts';

/** How often to update the count, ms. */
const notedEvery = 150;

export class LeftOutCount {
  readonly noted: Signal<LeftOut> = signal({ frames: 0, connections: 0, events: 0 });
  readonly #count: () => LeftOut | undefined;
  #willNote = false;

  /** `count` returns undefined once the picture is gone. */
  constructor(count: () => LeftOut | undefined) {
    this.#count = count;
  }

  note(): void {
    const now = this.#count();
    const known = this.noted.peek();
    if (!now || (known.frames === now.frames && known.connections === now.connections && known.events === now.events)) return;
    this.noted.value = now;
  }

  /** Notes the count a little later: while the view moves it changes with each painting, and nobody could read it. */
  noteSoon(): void {
    if (this.#willNote) return;
    this.#willNote = true;
    setTimeout(() => {
      this.#willNote = false;
      this.note();
    }, notedEvery);
  }
}

/** Returns what the stage did not draw, and what the tap left out of the conversation. */
export function leftOutOf(stage: CanvasStage | undefined, { connections }: Conversation): LeftOut {
  const { leftOut = 0, unplaced = 0 } = stage ?? {};
  const omitted = connections.flatMap((life) => life.omitted);
  return { frames: leftOut, connections: unplaced, events: omitted.reduce((sum, { count }) => sum + count, 0) };
}
