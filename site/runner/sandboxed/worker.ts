/** One client: runs the reader's program and reports to the page what it does. */
import type { BatchTaken, Ping, Pong } from '../../../protocol/messages/runner-messages.ts';
import { Activity } from './activity.ts';
import { epochNow } from './clock.ts';
import { errorTold, placeOf, programError, type Place } from './errors.ts';
import { faultText } from './faults.ts';
import type { FromWorker, SyntaxErrorFound, WorkerStart } from './frame.ts';
import { dataOf, listen, portsOf, postTo } from './natives.ts';
import { type NestedStart, runNested } from './workers/nested-worker.ts';
import { Output, outputLimits } from './output/output.ts';
import { explainError } from './page-globals.ts';
import { type ProgramScope, setUpScope } from './program-scope.ts';

// The reader's code may replace any global, so take what is used while it runs beforehand.
const later = setTimeout.bind(globalThis);
const { createObjectURL } = URL;

/** Waits for the frame, or for the program that started this Worker, to say what to run. */
export function startWorker(): void {
  const start = (event: MessageEvent): void => {
    // The program's own messages may follow, but this is not one of them.
    event.stopImmediatePropagation();
    const message = dataOf(event) as WorkerStart | NestedStart;
    const port = portsOf(event)[0] as MessagePort;
    // Errors before the program runs are thrown from here, so that the frame hears of them.
    if (message.type === 'nested-start') runNested(message, port);
    else {
      const ready = setUp(message, port);
      runProgram(message, ready).catch((thrown: unknown) =>
        ready.output.put({ type: 'fault', time: epochNow(), text: faultText(thrown) }),
      );
    }
  };
  listen(self, 'message', start, { once: true });
}

interface Ready extends ProgramScope {
  output: Output;
  /**
   * Resolves once the port works both ways. A program that blocks from its first line is then reported as busy, and its output is
   * shown.
   */
  heardFromPage: Promise<void>;
  moduleEnded: () => void;
  postToFrame: (message: FromWorker) => void;
}

function setUp({ program, base }: WorkerStart, port: MessagePort): Ready {
  const postToFrame = (self.postMessage as (message: FromWorker) => void).bind(globalThis);
  const output = new Output({
    post: (batch) => postTo(port, batch),
    now: epochNow,
    later: (callback) => void later(callback, outputLimits.batchEvery),
  });
  const heardFromPage = new Promise<void>((resolve) => {
    listen(port, 'message', (event: MessageEvent) => {
      const { type } = dataOf(event) as BatchTaken | Ping;
      if (type === 'ping') {
        postTo(port, { type: 'pong', time: epochNow() } satisfies Pong);
        resolve();
      } else output.answered();
    });
  });
  port.start();

  // Check a turn later, so that a program that reconnects in its `close` handler does not count as idle in between.
  const activity = new Activity(() => {
    later(() => {
      if (activity.isIdle) output.put({ type: 'idle', time: epochNow() });
    }, 0);
  });
  const moduleEnded = activity.hold();
  const scope = setUpScope({ client: program.client, base, output, hold: () => activity.hold() });
  return { ...scope, output, heardFromPage, moduleEnded, postToFrame };
}

async function runProgram({ program }: WorkerStart, ready: Ready): Promise<void> {
  const { output, moduleEnded, postToFrame, tellOnce } = ready;
  // Never revoke this address: WebKit would then report nothing about later errors of the program.
  const url = createObjectURL(new Blob([program.code], { type: 'text/javascript' }));
  const explain = (thrown: unknown): void => {
    const text = explainError(thrown);
    if (text !== undefined) tellOnce(text, text);
  };
  // Stop both events here. Otherwise each would go through the frame, which shares its thread with the page in some browsers.
  addEventListener('error', (event) => {
    const { error, message, lineno, colno, filename } = event;
    event.preventDefault();
    const place: Place = filename === url ? { line: lineno, column: colno } : {};
    output.put(programError('thrown', error ?? errorTold(message), url, place));
    explain(error);
  });
  addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    output.put(programError('rejected', event.reason, url));
    explain(event.reason);
  });
  await ready.heardFromPage;
  postToFrame({ type: 'set-up' });
  try {
    await import(/* @vite-ignore */ url);
  } catch (thrown) {
    const isParsed = !(thrown instanceof SyntaxError) || placeOf(thrown, url).line !== undefined;
    const place = isParsed ? {} : await findSyntaxError(postToFrame);
    output.put(programError(isParsed ? 'thrown' : 'syntax', thrown, url, place));
    explain(thrown);
  } finally {
    moduleEnded();
  }
}

function findSyntaxError(postToFrame: Ready['postToFrame']): Promise<Place> {
  return new Promise((resolve) => {
    const found = (event: MessageEvent): void => {
      const { line, column } = dataOf(event) as SyntaxErrorFound;
      resolve({ ...(line !== undefined && { line }), ...(column !== undefined && { column }) });
    };
    listen(self, 'message', found, { once: true });
    postToFrame({ type: 'find-syntax-error' });
  });
}
