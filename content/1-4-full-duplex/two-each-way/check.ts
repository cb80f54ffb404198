import type { Check } from '../../../protocol/messages/exercise.ts';
import { measureDuplex } from '../../../protocol/measures/duplex.ts';
import { type Flight, isData } from '../../../protocol/trace/flight.ts';

const wanted = 2;

/** At one moment, at least two data frames in flight in each direction of one connection. */
const check: Check = (trace, flights) => {
  if (trace.connections.length === 0) return { passed: false, message: 'No connection was opened in this run.' };
  let best = { moment: -1, up: 0, down: 0 };
  for (const { id } of trace.connections) {
    const moment = fullestMoment(flights.filter(({ connection }) => connection === id));
    if (Math.min(moment.up, moment.down) > Math.min(best.up, best.down) || best.moment < 0) best = moment;
  }
  const { up, down, moment } = best;
  if (Math.min(up, down) >= wanted) {
    return {
      passed: true,
      message: `At ${Math.round(moment)} ms, ${up} of your frames and ${down} of the server's were in flight together.`,
    };
  }
  const { mostInFlight } = measureDuplex(flights);
  const [yours, servers] = [mostInFlight['client-to-server'], mostInFlight['server-to-client']];
  const together =
    Math.max(up, 0) === 0 || Math.max(down, 0) === 0
      ? 'and never both directions at once'
      : `and at the fullest moment ${up} and ${down} together`;
  const why =
    Math.min(yours, servers) >= wanted
      ? 'Yours had all arrived before the echoes left: go on sending while echoes are on their way back.'
      : 'A program that waits for each answer has one frame on the link at a time.';
  return {
    passed: false,
    message: `At most ${yours} of yours and ${servers} of the server's were in flight, ${together}; it takes ${wanted} each way at one moment. ${why}`,
  };
};

/** The moment at which the smaller of the two counts is largest. Counts change where a frame departs, so those moments are enough. */
function fullestMoment(flights: readonly Flight[]): { moment: number; up: number; down: number } {
  const data = flights.filter(isData);
  let best = { moment: -1, up: 0, down: 0 };
  for (const { departedAt: moment } of data) {
    if (moment === undefined) continue;
    const inFlight = data.filter(
      ({ departedAt = Infinity, receivedAt = -Infinity }) => departedAt <= moment && moment < receivedAt,
    );
    const up = inFlight.filter(({ direction }) => direction === 'client-to-server').length;
    const now = { moment, up, down: inFlight.length - up };
    if (best.moment < 0 || Math.min(now.up, now.down) > Math.min(best.up, best.down)) best = now;
  }
  return best;
}

export default check;
