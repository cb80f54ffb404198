/**
 * Reports faults of the runner itself. Import it first, so that it also sees what the rest of the script throws while loading: in
 * the frame it listens here, in a Worker the frame hears of the error.
 */
import type { FrameFault } from '../../../protocol/messages/runner-messages.ts';

/** Returns a short description of what was thrown. */
export function faultText(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  } catch {
    return 'an error that cannot be shown';
  }
}

/** Tells the page, from the frame. The page's origin is unknown here, and the message contains nothing secret. */
export function tellPage(text: string): void {
  parent.postMessage({ type: 'frame-fault', text } satisfies FrameFault, '*');
}

/** What WebKit reports in place of any error in a document with its own origin. */
const keptBack = 'Script error.';

let taker: ((event: ErrorEvent) => void) | undefined;

/** Sends errors to `take`, because they are not the frame's, until it is called without one. */
export function divertErrors(take?: (event: ErrorEvent) => void): void {
  taker = take;
}

if (typeof document !== 'undefined') {
  addEventListener('error', (event) => {
    const { error, message } = event;
    if (taker) taker(event);
    else tellPage(error ? faultText(error) : message === keptBack ? 'an error that this browser does not describe' : message);
  });
  addEventListener('unhandledrejection', ({ reason }) => tellPage(faultText(reason)));
  addEventListener('messageerror', () => tellPage('a message of the page could not be read'));
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    // Firefox also tells the document what its Workers were refused, and that is the program's doing. The frame itself needs only
    // blobs.
    if (!blockedURI.startsWith('blob')) return;
    tellPage(`the policy of the frame forbids what its script needs: ${effectiveDirective} ${blockedURI}`);
  });
}
