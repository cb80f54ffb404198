import type { Check, CheckResult } from '../../../protocol/messages/exercise.ts';
import { type Flight, isData } from '../../../protocol/trace/flight.ts';
import type { Trace, TraceEvent } from '../../../protocol/trace/trace.ts';
import { inSeconds } from '../../../protocol/words/duration.ts';

/** How soon a dead peer has to be given up, and how long a living one has to be kept, ms. */
const wanted = { within: 3000, keep: 6000 };

/** Every connection whose link went silent is closed within 3 s because a message got no answer; every other one is kept. */
const check: Check = (trace, flights) => {
  if (trace.connections.length === 0) return { passed: false, message: 'No connection was opened in this run.' };
  const dead = trace.connections.filter(({ id }) => timeOf(trace, id, 'link_silenced') !== undefined);
  const well = trace.connections.filter(({ id }) => timeOf(trace, id, 'link_silenced') === undefined);
  if (dead.length === 0)
    return {
      passed: false,
      message: 'No peer died in this run. Keep ?silent=2000 in one of the two addresses, and let the program run for longer.',
    };
  if (well.length === 0)
    return {
      passed: false,
      message: 'Every peer died in this run. Keep one that is well, to see that you do not take it for dead.',
    };
  const asked = (id: string): Flight[] =>
    flights.filter(
      (flight) =>
        isData(flight) && flight.connection === id && flight.direction === 'client-to-server' && flight.kind === 'frame',
    );
  for (const { id } of well) {
    const verdict = judgeWell(trace, id);
    if (verdict) return verdict;
  }
  const notices: number[] = [];
  for (const { id } of dead) {
    const silenced = timeOf(trace, id, 'link_silenced') ?? 0;
    const given = timeOf(trace, id, 'close_called');
    const after = asked(id).filter(({ sentAt }) => sentAt > silenced && sentAt < (given ?? Infinity));
    const verdict = judgeDead(given === undefined ? undefined : given - silenced, after.length);
    if (verdict) return verdict;
    notices.push((given ?? 0) - silenced);
  }
  const unasked = well.find(({ id }) => asked(id).length < 2);
  if (unasked)
    return {
      passed: false,
      message: `The dead peer was noticed, but the quiet one was asked ${asked(unasked.id).length} times in its whole life: had it died, you would not know. Put the heartbeat on every connection.`,
    };
  return {
    passed: true,
    message: `The dead peer was given up ${inSeconds(Math.max(...notices))} after its line went silent, and the quiet one was kept. Its own close event came much later: do not wait for it.`,
  };
};

const urlOf = (trace: Trace, id: string): string => trace.connections.find((one) => one.id === id)?.url ?? 'an unknown address';

/** What is wrong with how a living peer was treated; undefined where nothing is. */
function judgeWell(trace: Trace, id: string): CheckResult | undefined {
  const opened = timeOf(trace, id, 'connection_opened', 'client');
  const given = timeOf(trace, id, 'close_called');
  if (opened === undefined || given === undefined || given - opened >= wanted.keep) return undefined;
  return {
    passed: false,
    message: `The peer at ${urlOf(trace, id)} was given up ${inSeconds(given - opened)} after it opened, and it was alive: its link carried everything. A peer that has nothing to say is not dead; ask it, and only then count its silence.`,
  };
}

/** What is wrong with how a dead peer was noticed; undefined where nothing is. */
function judgeDead(noticed: number | undefined, unanswered: number): CheckResult | undefined {
  const fail = (message: string): CheckResult => ({ passed: false, message });
  if (noticed === undefined)
    return fail('The line went silent, and your program never called close(): it still takes that peer for alive.');
  if (noticed < 0)
    return fail(
      `The peer whose line goes dead was given up ${inSeconds(-noticed)} before that: it was alive then. Wait for an answer that does not come.`,
    );
  const late = `You gave the dead peer up ${inSeconds(noticed)} after its line went silent`;
  if (unanswered === 0)
    return fail(`${late}, without having asked it anything in that time. Send a message that has to be answered.`);
  if (noticed > wanted.within)
    return fail(
      `${late}; it takes less than ${inSeconds(wanted.within)}. Your interval and the time you wait for an answer add up: shorten one of them.`,
    );
  return undefined;
}

function timeOf(trace: Trace, id: string, name: TraceEvent['name'], at?: TraceEvent['at']): number | undefined {
  return trace.events.find((event) => event.connection === id && event.name === name && (at === undefined || event.at === at))
    ?.time;
}

export default check;
