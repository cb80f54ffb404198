/**
 * Faults of this page: what is thrown where nobody catches it is told on the console of the playground that runs, or of all where
 * none does.
 */

/** A playground, as far as faults go. */
export interface FaultListener {
  /** True while a run of it is on. */
  isOn(): boolean;
  /** Ends that run, and shows the sentence. */
  fault(sentence: string): void;
}

/** What browsers say of a module that could not be had: Chromium and Firefox, and WebKit. */
const notLoaded = /dynamically imported module|Importing a module script failed/i;
/** Not an error: a browser's note that a size has changed while sizes were told. */
const noFault = /^ResizeObserver loop/;

/** What was thrown, in a few words. */
export function wordsOf(thrown: unknown): string {
  const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return words.length > 300 ? `${words.slice(0, 300)}…` : words;
}

/** What failed, and what to do. */
export function faultSentence(thrown: unknown): string {
  const words = wordsOf(thrown);
  return notLoaded.test(words)
    ? `A part of this page did not load (${words}). Where the server is running, the page is of an older build: reload it.`
    : `This page failed (${words}), which is no fault of your program. Reload the page and try again.`;
}

const listeners = new Set<FaultListener>();

function tell(thrown: unknown): void {
  const all = [...listeners];
  const on = all.filter((listener) => listener.isOn());
  for (const listener of on.length > 0 ? on : all) listener.fault(faultSentence(thrown));
}

const onError = ({ error, message }: ErrorEvent): void => {
  if (!noFault.test(message)) tell(error ?? message);
};
const onRejection = ({ reason }: PromiseRejectionEvent): void => tell(reason);

/** Tells the listener of faults until what it returns is called. */
export function listenForFaults(listener: FaultListener): () => void {
  if (listeners.size === 0) {
    addEventListener('error', onError);
    addEventListener('unhandledrejection', onRejection);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    removeEventListener('error', onError);
    removeEventListener('unhandledrejection', onRejection);
  };
}
