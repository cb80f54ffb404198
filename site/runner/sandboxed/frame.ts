/** The frame's own document: makes a Worker for each client, and finds the places of syntax errors for them. */
import type { ClientProgram, FrameReady, StartRun } from '../../../protocol/runner-messages.ts';

/** Frame to Worker, once, with the client's MessagePort. */
export interface WorkerStart {
  program: ClientProgram;
  base: string;
}

/** Worker to frame: this module does not parse; where is it wrong? */
export interface FindSyntaxError {
  type: 'find-syntax-error';
  code: string;
}

/** Frame to Worker: line and column from 1, or nothing where the browser does not say. */
export interface SyntaxErrorFound {
  type: 'syntax-error-found';
  line?: number;
  column?: number;
}

/** Starts taking runs from the page. `source` is the text of the script for Workers. */
export function startFrame(source: string): void {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const makeWorker = (): Worker => {
    const worker = new Worker(url);
    worker.onmessage = ({ data }: MessageEvent<Partial<FindSyntaxError> | null>) => {
      if (data?.type === 'find-syntax-error') findSyntaxError(String(data.code), (found) => worker.postMessage(found));
    };
    return worker;
  };
  // A Worker takes tens of milliseconds to start: one is kept ready, so that Run does not wait for it.
  let spare: Worker | undefined = makeWorker();
  addEventListener('message', ({ data, source: sender, ports }: MessageEvent<StartRun>) => {
    if (sender !== parent || data.type !== 'start') return;
    data.clients.forEach((program, i) => {
      const worker = spare ?? makeWorker();
      spare = undefined;
      const start: WorkerStart = { program, base: data.base };
      worker.postMessage(start, [ports[i] as MessagePort]);
    });
  });
  // The page's origin is unknown here, and the message says nothing that others may not know.
  parent.postMessage({ type: 'frame-ready' } satisfies FrameReady, '*');
}

/**
 * An `import()` that fails to parse rejects without a place (in Chrome); a script element reports one. The import put before
 * the code can never be loaded, so that the code cannot run here even if it should parse.
 */
function findSyntaxError(code: string, report: (found: SyntaxErrorFound) => void): void {
  const guard = 'import "blob:never";';
  const url = URL.createObjectURL(new Blob([guard, code], { type: 'text/javascript' }));
  const script = document.createElement('script');
  script.type = 'module';
  script.src = url;
  const finish = (found: SyntaxErrorFound): void => {
    removeEventListener('error', onError);
    URL.revokeObjectURL(url);
    script.remove();
    report(found);
  };
  const onError = (event: ErrorEvent): void => {
    const { filename, lineno, colno } = event;
    if (filename !== url) return;
    event.preventDefault();
    const column = lineno === 1 ? colno - guard.length : colno;
    // WebKit says nothing of the column: 0.
    finish({ type: 'syntax-error-found', line: lineno, ...(column > 0 && { column }) });
  };
  addEventListener('error', onError);
  script.onerror = () => finish({ type: 'syntax-error-found' });
  document.head.append(script);
}
