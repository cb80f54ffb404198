/** Hears of what a program throws where nobody catches it. */
import type { ProgramError } from '../../../protocol/messages/runner-messages.ts';
import { errorTold, type Place } from './errors.ts';

/**
 * Calls `report` with it. Stops both events here: otherwise each would go through the frame, which shares its thread with the page
 * in some browsers. `url` is that of the program's file.
 */
export function hearUncaught(url: string, report: (kind: ProgramError['kind'], thrown: unknown, place?: Place) => void): void {
  addEventListener('error', (event) => {
    const { error, message, lineno, colno, filename } = event;
    event.preventDefault();
    report('thrown', error ?? errorTold(message), filename === url ? { line: lineno, column: colno } : {});
  });
  addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    report('rejected', event.reason);
  });
}
