/** Notices when the sandboxed frame itself fails: its script throws, is forbidden, or never runs. */
import type { FrameFault } from '../../protocol/runner-messages.ts';
import { cut } from './message-limits.ts';

/** How long after it has loaded, and after it was put into the page, a frame may take to be ready, ms. */
const patience = { onceLoaded: 700, inAll: 20_000 };

/** The most that is told of a fault, characters. */
const mostText = 300;

/** Calls `onFault` with what went wrong, as often as something does, until what it returns is called. */
export function watchFrame(frame: HTMLIFrameElement, ready: Promise<unknown>, onFault: (text: string) => void): () => void {
  const watching = new AbortController();
  const { signal } = watching;
  let isReady = false;
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const unlessReadyIn = (ms: number, text: string): void => {
    if (!isReady) timers.add(setTimeout(() => onFault(text), ms));
  };
  const stopTimers = (): void => timers.forEach((timer) => clearTimeout(timer));

  const listen = ({ source, data }: MessageEvent<Partial<FrameFault> | null>): void => {
    if (source !== frame.contentWindow || source === null || data?.type !== 'frame-fault') return;
    onFault(cut(String(data.text), mostText));
  };
  addEventListener('message', listen, { signal });
  const onLoad = (): void => unlessReadyIn(patience.onceLoaded, 'its frame did not start');
  frame.addEventListener('load', onLoad, { signal, once: true });
  unlessReadyIn(patience.inAll, 'its frame did not load');
  // It may say so before the browser says that it has loaded.
  void ready.then(() => {
    isReady = true;
    stopTimers();
  });
  return () => {
    watching.abort();
    stopTimers();
  };
}
