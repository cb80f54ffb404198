/** What the reader is told once a program does nothing more and nothing of it could be seen. Timers may still be pending. */
import type { Output } from '../output/output.ts';

const words =
  'The program has printed nothing and opened no connection so far. Print with console.log; connect with new WebSocket(address).';

/** Tells so at a program's rest. Says nothing if anything at all was put out before; so it speaks once. */
export function tellOfSilence(output: Pick<Output, 'isUnused' | 'put'>, time: number): void {
  if (output.isUnused) output.put({ type: 'note', time, text: words });
}
