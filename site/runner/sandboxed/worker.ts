/** One client: runs the reader's program, and tells the page what it does. */
import type { BatchTaken, Ping, Pong } from '../../../protocol/runner-messages.ts';
import { Activity } from './activity.ts';
import { epochNow } from './clock.ts';
import { takeOverConsole } from './console.ts';
import { placeOf, programError, type Place } from './errors.ts';
import type { FindSyntaxError, SyntaxErrorFound, WorkerStart } from './frame.ts';
import { observeEventSource } from './event-source.ts';
import { observeFetch } from './fetch.ts';
import { Observer } from './observer.ts';
import { missingInWorker, nameWindow } from './page-globals.ts';
import { Output, outputLimits } from './output.ts';
import { observeTimers } from './timers.ts';
import { observeWebSocket } from './websocket.ts';

// The reader's code may replace any global: what is used while it runs is taken beforehand.
const later = setTimeout.bind(globalThis);
const postToFrame = (message: FindSyntaxError): void => (self.postMessage as (message: unknown) => void)(message);

/** Waits for the frame to say what to run. */
export function startWorker(): void {
  addEventListener('message', ({ data, ports }: MessageEvent<WorkerStart>) => void run(data, ports[0] as MessagePort), {
    once: true,
  });
}

async function run({ program, base }: WorkerStart, port: MessagePort): Promise<void> {
  const post = port.postMessage.bind(port);
  const output = new Output({
    post: (batch) => post(batch),
    now: epochNow,
    later: (callback) => void later(callback, outputLimits.batchEvery),
  });
  port.onmessage = ({ data }: MessageEvent<BatchTaken | Ping>) => {
    if (data.type === 'ping') post({ type: 'pong', time: epochNow() } satisfies Pong);
    else output.answered();
  };

  // Asked a turn later, so that a program that reconnects in its `close` handler is not idle in between.
  const activity = new Activity(() => {
    later(() => {
      if (activity.isIdle) output.put({ type: 'idle', time: epochNow() });
    }, 0);
  });
  const hold = (): (() => void) => activity.hold();
  const moduleEnded = hold();
  let eventsSeen = 0;

  takeOverConsole(console, output);
  const observer = new Observer({
    client: program.client,
    base,
    hold,
    onEvent(event) {
      eventsSeen++;
      output.put({ type: 'event', event });
    },
    onNote: (text) => output.put({ type: 'note', time: epochNow(), text }),
  });
  observeWebSocket(globalThis, observer);
  observeFetch(globalThis, observer);
  observeEventSource(globalThis, observer);
  observeTimers(globalThis, { hold, seen: () => eventsSeen });
  nameWindow(globalThis);
  const tellMissing = (thrown: unknown): void => {
    const text = missingInWorker(thrown);
    if (text !== undefined) output.put({ type: 'note', time: epochNow(), text });
  };

  const url = URL.createObjectURL(new Blob([program.code], { type: 'text/javascript' }));
  addEventListener('error', ({ error, message, lineno, colno, filename }) => {
    const place: Place = filename === url ? { line: lineno, column: colno } : {};
    output.put(programError('thrown', error ?? message, url, place));
    tellMissing(error);
  });
  addEventListener('unhandledrejection', ({ reason }) => {
    output.put(programError('rejected', reason, url));
    tellMissing(reason);
  });

  try {
    await import(/* @vite-ignore */ url);
  } catch (thrown) {
    const isParsed = !(thrown instanceof SyntaxError) || placeOf(thrown, url).line !== undefined;
    const place = isParsed ? {} : await findSyntaxError(program.code);
    output.put(programError(isParsed ? 'thrown' : 'syntax', thrown, url, place));
    tellMissing(thrown);
  } finally {
    URL.revokeObjectURL(url);
    moduleEnded();
  }
}

function findSyntaxError(code: string): Promise<Place> {
  return new Promise((resolve) => {
    addEventListener('message', function listen({ data }: MessageEvent<SyntaxErrorFound>) {
      if (data.type !== 'syntax-error-found') return;
      removeEventListener('message', listen);
      const { line, column } = data;
      resolve({ ...(line !== undefined && { line }), ...(column !== undefined && { column }) });
    });
    postToFrame({ type: 'find-syntax-error', code });
  });
}
