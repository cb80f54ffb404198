/**
 * Strips types in a Worker: over some programs, a hundred characters of brackets, the compiler thinks for minutes, and the page has
 * to go on meanwhile.
 */
import { type Stripped, tooDeep } from './stripped.ts';
import StripWorker from './strip-types-worker.ts?worker';

/** So long may the types of one program take, ms. Those of what a person writes take a hundredth of it. */
const patience = 10_000;

let worker: Worker | undefined;
/** Ends the turn of the program that is being read. */
let endTurn: (() => void) | undefined;

/** The JavaScript, or why there is none. Rejects only where the compiler cannot be fetched, or fails itself. Takes one program at a time, the last. */
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
      // Without a message it is the Worker's script that did not come.
      reject(new Error(event.message || 'its Worker did not start'));
    };
    own.postMessage(source);
  });
}
