import type { Flight } from './flight.ts';

type Begun = Pick<Flight, 'id' | 'connection' | 'direction' | 'kind' | 'sentAt'> & Partial<Flight>;

/** Returns a flight with nothing known but what is given. If an earlier flight is passed, it is reset to become that flight. */
export function begunFlight(before: Flight | undefined, own: Begun): Flight {
  delete before?.onLink;
  delete before?.resent;
  return Object.assign(before ?? ({} as Flight), {
    frame: -1,
    captured: undefined,
    message: undefined,
    messageKind: undefined,
    length: 0,
    departedAt: undefined,
    receivedAt: undefined,
    dropped: undefined,
    ...own,
  });
}
