/** The frame's own document: makes a Worker for each client, and locates syntax errors for them. */
import type { ClientProgram, FrameReady, StartRun } from '../../../protocol/messages/runner-messages.ts';
import { WatchedWorker } from './watched-worker.ts';

/** Frame to Worker, once, with the client's MessagePort. */
export interface WorkerStart {
  type: 'worker-start';
  program: ClientProgram;
  base: string;
}

/** Starts accepting runs from the page. `source` is the text of the script for Workers. */
export function startFrame(source: string): void {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  // A Worker takes tens of milliseconds to start, so keep one ready and Run need not wait.
  let spare: WatchedWorker | undefined = new WatchedWorker(url);
  addEventListener('message', ({ data, source: sender, ports }: MessageEvent<StartRun>) => {
    if (sender !== parent || data.type !== 'start') return;
    data.clients.forEach((program, i) => {
      const worker = spare ?? new WatchedWorker(url);
      spare = undefined;
      const start: WorkerStart = { type: 'worker-start', program, base: data.base };
      worker.post(start, [ports[i] as MessagePort], program.code);
    });
  });
  parent.postMessage({ type: 'frame-ready' } satisfies FrameReady, '*');
}
