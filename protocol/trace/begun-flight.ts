import type { Flight } from './flight.ts';

type Begun = Pick<Flight, 'id' | 'connection' | 'direction' | 'kind' | 'sentAt'> & Partial<Flight>;

/** A flight of which no more is known than this. Where one is given that was known before, it becomes that flight. */
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
