/** A program that runs: its surroundings, its file, and what becomes of what it throws. */
import type { InPageProgram } from '../../../../in-page/run/run-messages.ts';
import type { Chance } from '../../../../in-page/program/chance.ts';
import type { Surroundings } from '../../../../in-page/program/program.ts';
import { ProgramExit } from '../../../../in-page/node/process/process.ts';
import type { ProgramError } from '../../../../protocol/messages/runner-messages.ts';
import { fireLoadEvents } from '../absent/load-events.ts';
import { watchAbsentNames } from '../absent/watch-names.ts';
import { epochNow } from '../clock.ts';
import { placeOf, programError, type Place } from '../errors.ts';
import { explainError } from '../page-globals.ts';
import type { Output } from '../output/output.ts';
import { nameAddress } from '../output/reader-addresses.ts';
import { askForSyntaxError } from '../syntax-error.ts';
import { hearUncaught } from '../uncaught.ts';
import type { FromWorker } from '../watched-worker.ts';
import { clientFile } from './client-file.ts';
import { setUpClientScope } from './client-scope.ts';
import { ImportProblem, type ProgramFile } from './program-file.ts';
import { serverFile } from './server-file.ts';
import { stockFile } from './stock-file.ts';
import { type ServerScope, setUpServerScope } from './server-scope.ts';

export interface RunningParts {
  program: InPageProgram;
  output: Output;
  surroundings: Surroundings;
  chances: { own: Chance; libraries: Chance };
  postToFrame: (message: FromWorker) => void;
}

const crashed =
  'The server has ended, as Node does after an error that nobody catches: its connections are gone, and nobody listens on its ports.';

export class RunningProgram {
  readonly #parts: RunningParts;
  readonly #told = new Set<string>();
  readonly #server: ServerScope | undefined;
  #file: ProgramFile | undefined;
  #hasEnded = false;

  /** Sets the global object up. Throws if the browser lacks something that programs cannot do without. */
  constructor(parts: RunningParts) {
    const { program, output, surroundings, chances } = parts;
    this.#parts = parts;
    const scope = {
      surroundings,
      chances,
      tellOnce: (what: string, words: string) => this.#tellOnce(what, words),
      onWrite: (stream: 'stdout' | 'stderr', text: string) =>
        output.put({
          type: 'console',
          level: stream === 'stdout' ? 'log' : 'error',
          time: epochNow(),
          text: text.replace(/\n$/, ''),
        }),
    };
    if (program.name === 'server') this.#server = setUpServerScope(scope);
    else setUpClientScope(scope, program.isOnStock);
    if (this.#server) return;
    watchAbsentNames(globalThis, program.code ?? '', scope.tellOnce);
    fireLoadEvents(globalThis, program.code ?? '');
  }

  /** Runs the program. Resolves once it has begun, or could not. */
  run(): Promise<void> {
    const { program, postToFrame } = this.#parts;
    postToFrame({ type: 'set-up' });
    return new Promise((resolve) => {
      const go = async (): Promise<void> => {
        try {
          const file = (this.#file = this.#fileOf(program.code));
          nameAddress(file.url, program.file);
          hearUncaught(file.url, (kind, thrown, place) => this.report(kind, thrown, place));
          await file.run(resolve);
        } catch (thrown) {
          await this.#reportUnrun(thrown);
        }
        resolve();
      };
      void go();
    });
  }

  #fileOf(code: string | undefined): ProgramFile {
    if (!this.#server) return clientFile(code ?? '');
    return code === undefined ? stockFile(this.#server.parts) : serverFile(code, this.#server.modules);
  }

  /** Tells of what the program threw where nobody caught it. A server that does not listen for that ends. */
  report(kind: ProgramError['kind'], thrown: unknown, place: Place = {}): void {
    if (thrown instanceof ProgramExit || this.#hasEnded) return;
    if (this.#server?.takesUncaught(kind, thrown)) return;
    const { output, surroundings } = this.#parts;
    output.put(this.#errorItem(kind, thrown, place));
    const text = this.#server ? undefined : explainError(thrown);
    if (text !== undefined) this.#tellOnce(text, text);
    if (!this.#server) return;
    this.#hasEnded = true;
    surroundings.exit();
    output.put({ type: 'note', time: epochNow(), text: crashed });
  }

  async #reportUnrun(thrown: unknown): Promise<void> {
    if (thrown instanceof ImportProblem) {
      const { message, place } = thrown;
      return this.report('thrown', { name: 'Error', message }, place);
    }
    const url = this.#file?.url ?? '';
    const isParsed = !(thrown instanceof SyntaxError) || placeOf(thrown, url).line !== undefined;
    const place = isParsed ? {} : await askForSyntaxError(this.#parts.postToFrame, this.#file?.isFunctionBody);
    this.report(isParsed ? 'thrown' : 'syntax', thrown, place);
  }

  #errorItem(kind: ProgramError['kind'], thrown: unknown, place: Place): ProgramError {
    const { url = '', firstLineShift = 0 } = this.#file ?? {};
    const item = programError(kind, thrown, url, place);
    const isShifted = item.line === 1 && item.column !== undefined && item.column > firstLineShift;
    return isShifted && place.line === undefined ? { ...item, column: (item.column as number) - firstLineShift } : item;
  }

  #tellOnce(what: string, text: string): void {
    if (this.#told.has(what)) return;
    this.#told.add(what);
    this.#parts.output.put({ type: 'note', time: epochNow(), text });
  }
}
