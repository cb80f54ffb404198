import type { Check } from '../../../protocol/messages/exercise.ts';
import { type Flight, isData } from '../../../protocol/trace/flight.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { textOf } from '../../../protocol/trace/payload.ts';

const names = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'] as const;
const moments = ['right after new WebSocket()', 'at the open event', 'right after close()', 'at the close event'];

interface Report {
  text: string;
  time: number;
}

/** A connection that closed cleanly with 1000, and its four states told in order on another connection, each while it held. */
const check: Check = (trace, flights) => {
  if (trace.connections.length === 0) return { passed: false, message: 'No connection was opened in this run.' };
  let best: { told: number[]; wrong: Report | undefined; id: string } = { told: [], wrong: undefined, id: '' };
  for (const { id } of trace.connections) {
    const starts = startsOf(trace, id);
    const reports = reportsOn(flights, id);
    const isTrue = ({ text, time }: Report): boolean => {
      const state = Number(text);
      return time >= (starts[state] ?? Infinity) && time <= (starts[state + 1] ?? Infinity);
    };
    const told = [...new Set(reports.filter(isTrue).map(({ text }) => Number(text)))];
    if (told.length > best.told.length || best.id === '') best = { told, wrong: reports.find((one) => !isTrue(one)), id };
  }
  const seen = `Told in time: ${best.told.length === 0 ? 'no state' : best.told.map(named).join(', ')}.`;
  const { wrong } = best;
  if (wrong)
    return {
      passed: false,
      message: `${seen} "${wrong.text}" was sent at ${Math.round(wrong.time)} ms, when that was not the state.`,
    };
  const missing = names.flatMap((_, state) => (best.told.includes(state) ? [] : [state]));
  if (missing.length > 0) {
    const where = missing.map((state) => `${named(state)} holds ${moments[state] ?? ''}`).join('; ');
    return { passed: false, message: `${seen} Still missing: ${where}. Send it on the other connection, which is open then.` };
  }
  const end = trace.events.find(
    (event) => event.name === 'connection_closed' && event.at === 'client' && event.connection === best.id,
  );
  if (end?.name !== 'connection_closed' || !end.wasClean || end.code !== 1000)
    return { passed: false, message: `${seen} But the connection did not end cleanly with 1000: close it with close(1000).` };
  return { passed: true, message: `${best.told.map(named).join(', ')}: four states, each told while it held, and a clean end.` };
};

const named = (state: number): string => `${state} ${names[state] ?? ''}`;

/** When each of the four states of the connection began, at the client. */
function startsOf(trace: Trace, id: string): (number | undefined)[] {
  return ['connection_started', 'connection_opened', 'close_called', 'connection_closed'].map(
    (name) => trace.events.find((event) => event.name === name && event.at === 'client' && event.connection === id)?.time,
  );
}

/** The states, as single digits, that were told on other connections. */
function reportsOn(flights: readonly Flight[], subject: string): Report[] {
  return flights
    .filter((flight) => isData(flight) && flight.direction === 'client-to-server' && flight.connection !== subject)
    .map((flight) => ({ text: textOf(flight), time: flight.sentAt }))
    .filter(({ text }) => /^[0-3]$/.test(text));
}

export default check;
