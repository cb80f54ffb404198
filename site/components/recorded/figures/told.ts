/** Figures that one end told the other, in a Close frame or in JSON messages: codes, crowds, visitors of a door. */
import { type Flight, isData } from '../../../../protocol/trace/flight.ts';
import { textOf } from '../../../../protocol/trace/payload.ts';
import type { TraceEvent } from '../../../../protocol/trace/trace.ts';
import { inSeconds } from '../../../../protocol/words/duration.ts';
import type { CrowdReport } from '../../../../protocol/messages/crowd-report.ts';
import { attemptsOf, crowdReports } from '../../pictures/crowd-reports.ts';
import type { ReadFigure, Reading } from './reading.ts';

export const told = {
  /** The code that the end `at` was told. */
  'close code': (reading) => String(closing(reading).code),
  /** The reason that the end `at` was told. */
  'close reason': (reading) => closing(reading).reason,
  /** How many times the crowd on `connection` tried to come back. */
  'crowd attempts': (reading) => String(reading.known(lastReport(reading).attempts)),
  /** The most of these attempts in a tenth of a second. */
  'crowd peak': ({ trace, id }) => String(Math.max(...crowdReports(trace, id).map(attemptsOf))),
  /** How long after the restart the last of the crowd was back, s. Throws if some gave up. */
  'crowd time': (reading) => {
    const last = lastReport(reading);
    if (last.gaveUp) throw new Error(`Cannot tell when the whole crowd was back: ${last.gaveUp} of its clients gave up`);
    return inSeconds(last.time);
  },
  /** JSON messages from the server, on any connection, whose "type" is `name`. */
  told: ({ all, name }) => String(all.filter((flight) => toldBy(flight)?.type === name).length),
  /** Visitors of a door who are `name` ("good" or "hostile") and were let in. */
  'came in': (reading) => String(visitors(reading).filter(({ status }) => status === 101).length),
  /** Visitors of a door who are `name` ("good" or "hostile"). */
  visitors: (reading) => String(visitors(reading).length),
} satisfies Record<string, ReadFigure>;

type Closing = Extract<TraceEvent, { name: 'connection_closed' }>;

function closing(reading: Reading): Closing {
  const { trace, id, at } = reading;
  const isIt = (event: TraceEvent): event is Closing =>
    event.name === 'connection_closed' && event.connection === id && event.at === at;
  return reading.known(trace.events.find(isIt));
}

const lastReport = (reading: Reading): CrowdReport => reading.known(crowdReports(reading.trace, reading.id).at(-1));

/** The fields of JSON messages that the figures read. */
interface Told {
  type?: unknown;
  status?: unknown;
  good?: unknown;
}

/** Returns what a message from the server says; undefined if it is not JSON. */
function toldBy(flight: Flight): Told | undefined {
  if (flight.direction !== 'server-to-client' || !isData(flight)) return undefined;
  try {
    return (JSON.parse(textOf(flight)) as Told | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Returns a door's answers to its visitors who are `name`, "good" or "hostile". */
function visitors({ all, name }: Reading): Told[] {
  return all.flatMap((flight) => {
    const answer = toldBy(flight);
    return answer?.type === 'answered' && answer.good === (name === 'good') ? [answer] : [];
  });
}
