/** One client: runs the reader's program and reports to the page what it does. */
import type { ProgramError } from '../../../protocol/messages/runner-messages.ts';
import { defineLoader, readImports } from './absent/imports.ts';
import { fireLoadEvents } from './absent/load-events.ts';
import { tellOfSilence } from './absent/silent-run.ts';
import { watchAbsentNames } from './absent/watch-names.ts';
import { Activity } from './activity.ts';
import { epochNow } from './clock.ts';
import { placeOf, programError, type Place } from './errors.ts';
import { faultText } from './faults.ts';
import type { WorkerStart } from './frame.ts';
import { dataOf, listen, portsOf } from './natives.ts';
import { type NestedStart, runNested } from './workers/nested-worker.ts';
import { explainError } from './page-globals.ts';
import { nameAddress } from './output/reader-addresses.ts';
import { openPagePort, type PagePort } from './page-port.ts';
import { type ProgramScope, setUpScope } from './program-scope.ts';
import { hearUncaught } from './uncaught.ts';
import { askForSyntaxError } from './syntax-error.ts';
import type { FromWorker } from './watched-worker.ts';

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

interface Ready extends ProgramScope, PagePort {
  moduleEnded: () => void;
  postToFrame: (message: FromWorker) => void;
}

function setUp({ program, base }: WorkerStart, port: MessagePort): Ready {
  const postToFrame = (self.postMessage as (message: FromWorker) => void).bind(globalThis);
  const { output, heardFromPage } = openPagePort(port);

  // Check a turn later, so that a program that reconnects in its `close` handler does not count as idle in between.
  const activity = new Activity(() => {
    later(() => {
      if (!activity.isIdle) return;
      tellOfSilence(output, epochNow());
      output.put({ type: 'idle', time: epochNow() });
    }, 0);
  });
  const moduleEnded = activity.hold();
  const scope = setUpScope({ client: program.client, base, output, hold: () => activity.hold() });
  watchAbsentNames(globalThis, program.code, scope.tellOnce);
  fireLoadEvents(globalThis, program.code);
  defineLoader(globalThis, scope.tellOnce);
  return { ...scope, output, heardFromPage, moduleEnded, postToFrame };
}

async function runProgram({ program }: WorkerStart, ready: Ready): Promise<void> {
  const { output, moduleEnded, postToFrame, tellOnce } = ready;
  // Never revoke this address: WebKit would then report nothing about later errors of the program.
  const { code, unmet } = readImports(program.code);
  const url = createObjectURL(new Blob([code], { type: 'text/javascript' }));
  nameAddress(url, program.file);
  const report = (kind: ProgramError['kind'], thrown: unknown, place: Place = {}): void => {
    output.put(programError(kind, thrown, url, place));
    const text = explainError(thrown);
    if (text !== undefined) tellOnce(text, text);
  };
  hearUncaught(url, report);
  await ready.heardFromPage;
  postToFrame({ type: 'set-up' });
  try {
    await import(/* @vite-ignore */ url);
  } catch (thrown) {
    // A module whose imports lead nowhere never begins, and the engine does not say where they are.
    if (unmet && !(thrown instanceof SyntaxError))
      return report('thrown', { name: 'Error', message: unmet.message }, unmet.place);
    const isParsed = !(thrown instanceof SyntaxError) || placeOf(thrown, url).line !== undefined;
    const place = isParsed ? {} : await askForSyntaxError(postToFrame);
    report(isParsed ? 'thrown' : 'syntax', thrown, place);
  } finally {
    moduleEnded();
  }
}
