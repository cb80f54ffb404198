/**
 * Faults of the runner itself. Imported first, so that what the rest of the script throws while it is read is told too: in the frame
 * here, in a Worker by the error that the frame hears of.
 */
import type { FrameFault } from '../../../protocol/messages/runner-messages.ts';

/** What was thrown, in a few words. */
export function faultText(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  } catch {
    return 'an error that cannot be shown';
  }
}

/** Tells the page, from the frame. The page's origin is unknown here, and the message says nothing that others may not know. */
export function tellPage(text: string): void {
  parent.postMessage({ type: 'frame-fault', text } satisfies FrameFault, '*');
}

/** What WebKit says in place of any error of a document whose origin is its own. */
const keptBack = 'Script error.';

let taker: ((event: ErrorEvent) => void) | undefined;

/** Errors go to `take`, since they are somebody else's, until it is called with nothing. */
export function divertErrors(take?: (event: ErrorEvent) => void): void {
  taker = take;
}

if (typeof document !== 'undefined') {
  addEventListener('error', (event) => {
    const { error, message } = event;
    if (taker) taker(event);
    else tellPage(error ? faultText(error) : message === keptBack ? 'an error of which this browser tells nothing' : message);
  });
  addEventListener('unhandledrejection', ({ reason }) => tellPage(faultText(reason)));
  addEventListener('messageerror', () => tellPage('a message of the page could not be read'));
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    // Firefox tells the document too of what its Workers were refused, and that is the program's doing. The frame needs blobs alone.
    if (!blockedURI.startsWith('blob')) return;
    tellPage(`the policy of the frame forbids what its script needs: ${effectiveDirective} ${blockedURI}`);
  });
}
