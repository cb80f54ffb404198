/**
 * Strips types in a Worker: some programs, such as a hundred characters of brackets, keep the compiler busy for minutes, and the
 * page has to go on meanwhile.
 */
import { type Stripped, tooDeep } from './stripped.ts';
import StripWorker from './strip-types-worker.ts?worker';

/** The most time for the types of one program, ms. What a person writes takes a hundredth of it. */
const patience = 10_000;

let worker: Worker | undefined;
/** Ends the turn of the current program. */
let endTurn: (() => void) | undefined;

/**
 * Returns the JavaScript, or why there is none. Rejects only if the compiler cannot be fetched or fails itself. Takes one program
 * at a time, the last.
 */
export async function stripTypesBeside(source: string): Promise<Stripped> {
  endTurn?.();
  const own = (worker ??= new StripWorker());
  return await new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      own.onmessage = own.onerror = null;
      endTurn = undefined;
    };
    const abandon = (): void => {
      end();
      own.terminate();
      worker = undefined;
    };
    const timer = setTimeout(() => {
      abandon();
      resolve({ message: `${tooDeep}: ${patience / 1000} s were not enough` });
    }, patience);
    endTurn = () => {
      abandon();
      resolve({ message: 'Another program came before this one was read' });
    };
    own.onmessage = ({ data }: MessageEvent<Stripped>) => {
      end();
      resolve(data);
    };
    own.onerror = (event) => {
      event.preventDefault();
      abandon();
      // Without a message, the Worker's script failed to load.
      reject(new Error(event.message || 'its Worker did not start'));
    };
    own.postMessage(source);
  });
}
