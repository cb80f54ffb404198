import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal.ts';
import type { Services } from './services.ts';

/** Runs `serve` and returns what it returns. Answers a Refusal that it throws, and returns true: that serves the request too. */
export function refusing(serve: () => boolean, refuse: (refusal: Refusal) => void): boolean {
  try {
    return serve();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refuse(error);
    return true;
  }
}

/**
 * Refuses a request, and counts that. Calls `answer` with the refusal at once, or later if the client has had many; never if the
 * client is gone by then. A fault in the answer ends the connection.
 */
export function refuse(
  { refusals, counters, faults }: Pick<Services, 'refusals' | 'counters' | 'faults'>,
  request: IncomingMessage,
  refusal: Refusal,
  answer: (refusal: Refusal) => void,
): void {
  refusals.answer(request, refusal, (due) => {
    counters.refused(due.status, due.limit);
    faults.run(
      () => answer(due),
      () => request.socket.destroy(),
    );
  });
}
