/**
 * Faults of this page: reports uncaught errors on the console of the playground that is running, or of all playgrounds if none
 * is.
 */

/** What fault reporting needs from a playground. */
export interface FaultListener {
  /** True while it has a run on. */
  isOn(): boolean;
  /** Ends that run and shows the sentence. */
  fault(sentence: string): void;
}

/** What browsers say when a module fails to load: Chromium and Firefox first, then WebKit. */
const notLoaded = /dynamically imported module|Importing a module script failed/i;
/** Not an error: browsers report this when a size changes while they are reporting sizes. */
const noFault = /^ResizeObserver loop/;

/** Returns a short description of what was thrown. */
export function wordsOf(thrown: unknown): string {
  const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return words.length > 300 ? `${words.slice(0, 300)}…` : words;
}

/** Returns a sentence on what failed and what to do. */
export function faultSentence(thrown: unknown): string {
  const words = wordsOf(thrown);
  return notLoaded.test(words)
    ? `A part of this page did not load (${words}). If the server is still running, this page comes from an older build: reload it.`
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

/** Reports faults to the listener until the returned function is called. */
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
