/** The frame's own document: makes a Worker for each client, and locates syntax errors for them. */
import type { ClientProgram, FrameReady, StartRun } from '../../../protocol/messages/runner-messages.ts';
import { divertErrors, tellPage } from './faults.ts';

/** Frame to Worker, once, with the client's MessagePort. */
export interface WorkerStart {
  type: 'worker-start';
  program: ClientProgram;
  base: string;
}

/** Worker to frame. */
export type FromWorker =
  /** Everything is in place and the program begins: what is thrown from now on is the program's. */
  | { type: 'set-up' }
  /** The program does not parse: where is the error? Asked at most once. */
  | { type: 'find-syntax-error' };

/** Frame to Worker: line and column from 1, or nothing if the browser does not say. */
export interface SyntaxErrorFound {
  type: 'syntax-error-found';
  line?: number;
  column?: number;
}

/** Starts accepting runs from the page. `source` is the text of the script for Workers. */
export function startFrame(source: string): void {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const makeWorker = (): ((start: WorkerStart, port: MessagePort) => void) => {
    const worker = new Worker(url);
    let isSetUp = false;
    let code: string | undefined;
    worker.onerror = (event) => {
      event.preventDefault();
      if (!isSetUp) tellPage(event.message ? event.message : 'its Worker did not start');
    };
    worker.addEventListener('messageerror', () => tellPage('a message of its Worker could not be read'));
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'set-up') isSetUp = true;
      else if (code !== undefined) {
        findSyntaxError(code, (found) => worker.postMessage(found));
        code = undefined;
      }
    };
    return (start, port) => {
      code = start.program.code;
      worker.postMessage(start, [port]);
    };
  };
  // A Worker takes tens of milliseconds to start, so keep one ready and Run need not wait.
  let spare: ReturnType<typeof makeWorker> | undefined = makeWorker();
  addEventListener('message', ({ data, source: sender, ports }: MessageEvent<StartRun>) => {
    if (sender !== parent || data.type !== 'start') return;
    data.clients.forEach((program, i) => {
      const start = spare ?? makeWorker();
      spare = undefined;
      start({ type: 'worker-start', program, base: data.base }, ports[i] as MessagePort);
    });
  });
  parent.postMessage({ type: 'frame-ready' } satisfies FrameReady, '*');
}

/**
 * Locates a syntax error. An `import()` that fails to parse rejects without a place (in Chrome), but a script element reports
 * one. The import put before the code can never load, so the code cannot run here even if it parses.
 */
function findSyntaxError(code: string, report: (found: SyntaxErrorFound) => void): void {
  const guard = 'import "blob:never";';
  const url = URL.createObjectURL(new Blob([guard, code], { type: 'text/javascript' }));
  const script = document.createElement('script');
  script.type = 'module';
  script.src = url;
  const finish = (found: SyntaxErrorFound): void => {
    divertErrors();
    URL.revokeObjectURL(url);
    script.remove();
    report(found);
  };
  const onError = (event: ErrorEvent): void => {
    const { filename, lineno, colno } = event;
    if (filename !== url) return;
    event.preventDefault();
    const column = lineno === 1 ? colno - guard.length : colno;
    // WebKit does not know the column and says 0.
    finish({ type: 'syntax-error-found', line: lineno, ...(column > 0 && { column }) });
  };
  divertErrors(onError);
  script.onerror = () => finish({ type: 'syntax-error-found' });
  document.head.append(script);
}
