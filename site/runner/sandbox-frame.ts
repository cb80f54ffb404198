/** Makes the frame that holds the reader's code, waits for it, and finds out why if it does not load. */
import type { FrameFault, FrameReady } from '../../protocol/messages/runner-messages.ts';
import { cut } from './message-limits.ts';

/** A frame that is ready or getting ready. */
export interface SandboxFrame {
  /** Rejects with an Error, in words for the reader, if the frame does not load or does not start. */
  ready: Promise<Window>;
  /** Removes the frame and everything that runs in it. If it was not ready, it never will be. */
  remove(): void;
}

/** When to ask for a silent frame's document, and how long a loaded frame may stay silent, ms. */
export const frameLimits = { askAfter: 1000, silentAfterLoad: 250 };

/** The most characters reported of a fault. */
const mostFaultText = 300;

/**
 * Puts an invisible frame at the end of `<body>`, with the document at `address` and an origin of its own. Calls `onFault` for
 * each error in the frame's own script until the frame is removed.
 */
export function makeSandboxFrame(address: string, onFault: (text: string) => void): SandboxFrame {
  let frame = sandboxedFrame(address);
  let isRemoved = false;
  const listen = ({ source, data }: MessageEvent<Partial<FrameFault> | null>): void => {
    if (source !== null && source === frame.contentWindow && data?.type === 'frame-fault') {
      onFault(cut(String(data.text), mostFaultText));
    }
  };
  addEventListener('message', listen);
  const ready = whenReady(frame).catch(async (error: unknown) => {
    // The server may have been out of order when the frame loaded, some time before Run.
    if (isRemoved || !(error instanceof SilentFrame)) throw error;
    frame.remove();
    frame = sandboxedFrame(address);
    return await whenReady(frame);
  });
  return {
    ready,
    remove() {
      isRemoved = true;
      removeEventListener('message', listen);
      frame.remove();
    },
  };
}

function sandboxedFrame(address: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.title = 'Sandbox of the running program';
  frame.style.display = 'none';
  frame.src = address;
  document.body.append(frame);
  return frame;
}

/** Resolves with the frame's window once its script accepts runs; stays pending if the frame is removed. */
function whenReady(frame: HTMLIFrameElement): Promise<Window> {
  return new Promise((resolve, reject) => {
    let isLoaded = false;
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
      removeEventListener('message', listen);
    };
    const listen = ({ source, data }: MessageEvent<Partial<FrameReady> | null>): void => {
      // A frame removed before it was ready never reports that, so its listener goes with the next message.
      if (!frame.isConnected) return settle();
      if (source !== frame.contentWindow || data?.type !== 'frame-ready' || !source) return;
      settle();
      resolve(source as Window);
    };
    const fail = (why: Error): void => {
      if (isSettled || !frame.isConnected) return;
      settle();
      reject(why);
    };
    const ask = async (): Promise<void> => {
      if (isSettled || !frame.isConnected) return;
      const fault = await faultOf(frame.src);
      if (fault !== undefined) fail(new Error(fault));
      // The document's script always speaks before the document counts as loaded.
      else if (isLoaded) setTimeout(() => fail(new SilentFrame()), frameLimits.silentAfterLoad);
    };
    frame.addEventListener('load', () => {
      isLoaded = true;
      setTimeout(() => void ask(), frameLimits.silentAfterLoad);
    });
    // Not every browser fires `load` for a document that it could not get.
    setTimeout(() => void ask(), frameLimits.askAfter);
    addEventListener('message', listen);
  });
}

const mayHold = 'An extension of the browser, or a filter in the network, may hold it back.';

/** Thrown when the server has the document but what loaded in the frame says nothing. */
class SilentFrame extends Error {
  override message = `The part of this page that runs programs did not start. ${mayHold}`;
}

/** Returns what is wrong with the document at this address; undefined if the server has it. */
async function faultOf(address: string): Promise<string | undefined> {
  const status = await fetch(address, { cache: 'no-store' }).then(
    (answer) => answer.status,
    () => undefined,
  );
  if (status === 200) return undefined;
  if (status === 404 || status === 410) {
    return 'The site has been rebuilt since this page was loaded, and no longer has the part that runs its programs. Copy what you want to keep, and reload the page.';
  }
  const why = status === undefined ? `no answer came. ${mayHold}` : `the server answered ${status}.`;
  return `The part of this page that runs programs cannot be loaded: ${why} Run tries again.`;
}
