/** Checks the invariant of every trace: no effect precedes its cause. */
import { type CausalPair, CrossingPairs, Meetings } from './causality.ts';
import type { Flight } from './flight.ts';
import { flightsOf } from './flight-index.ts';
import type { Trace, TraceEvent } from './trace.ts';
import { thousandthsOfMs } from '../words/duration.ts';

/** Times of flights are sums of times: differences up to this, in ms, are rounding errors. */
const rounding = 1e-6;

/**
 * Returns a sentence for each place where a trace has an effect before its cause; empty if everything in it can have happened.
 * Checks the sightings of one thing at one end, those at both ends, and the flights drawn from them.
 */
export function effectsBeforeCauses(trace: Trace): string[] {
  const crossing = new CrossingPairs();
  const meetings = new Meetings();
  const pairs = trace.events.flatMap((event) => [...crossing.add(event), ...pairsAtOneEnd(event, meetings)]);
  return [
    ...pairs.filter(({ cause, effect }) => effect.time < cause.time).map(pairWords),
    ...flightsOf(trace).flatMap(flightWords),
  ];
}

function pairsAtOneEnd(event: TraceEvent, meetings: Meetings): CausalPair[] {
  const { is, after } = orderOf(event);
  const pairs = after.flatMap((name) => meetings.effect(name, event));
  return is === undefined ? pairs : [...pairs, ...meetings.cause(is, event)];
}

/** What an event is called, and which events must precede it. */
interface Order {
  is?: string;
  after: string[];
}

function orderOf(event: TraceEvent): Order {
  const { connection: id, name } = event;
  switch (name) {
    case 'connection_started':
      return { is: `${id} started`, after: [] };
    case 'connection_opened':
      return event.at === 'client' ? { is: `${id} opened`, after: [`${id} started`] } : { after: [`${id} handshake 1`] };
    case 'connection_closed':
      return event.at === 'client' ? { after: [`${id} started`] } : { after: [] };
    case 'message_sent':
    case 'message_received':
      return inLine(`${id} ${name}`, event.message, [`${id} opened`]);
    case 'handshake_sent':
    case 'handshake_received': {
      const step = (event.direction === 'client-to-server' ? 0 : 2) + (name === 'handshake_sent' ? 0 : 1);
      return { is: `${id} handshake ${step}`, after: step > 0 ? [`${id} handshake ${step - 1}`] : [] };
    }
    case 'frame_sent':
    case 'frame_departed':
    case 'frame_received':
    case 'frame_dropped':
      return ofCarried(`${id} ${event.direction}`, name, event.frame);
    default:
      return 'request' in event || 'exchange' in event ? orderOfExchange(event) : { after: [] };
  }
}

function orderOfExchange(event: TraceEvent & { exchange?: number; request?: number }): Order {
  const { connection: id, name, exchange, request } = event;
  if (event.at === 'client') {
    const asking = `${id} asking ${request}`;
    if (name === 'exchange_started') return { is: asking, after: [] };
    if (name === 'chunk_read') return inLine(`${asking} chunk`, event.chunk, [asking]);
    if (name === 'event_received') return inLine(`${asking} event`, event.event, [asking]);
    return { after: [asking] };
  }
  const own = `exchange ${exchange}`;
  if (name === 'exchange_started') return { is: own, after: [] };
  if (name.startsWith('request_')) return ofCarried(`${own} request`, name, 0, own);
  if (!('part' in event)) return { after: [own] };
  return ofCarried(`${own} response`, name, event.part, event.part === 0 ? `${own} request sent 0` : undefined);
}

/** Returns the order of the nth of things that come in sequence. */
const inLine = (line: string, number: number, first: string[]): Order => ({
  is: `${line} ${number}`,
  after: number > 0 ? [`${line} ${number - 1}`] : first,
});

/**
 * Returns the order of something the link carries: the nth is sent, departs and is received after the one before it, in that
 * order.
 */
function ofCarried(line: string, name: string, number: number, first?: string): Order {
  const step = name.replace(/^.*_/, '');
  const before = { sent: [], departed: ['sent'], received: ['sent', 'departed'], dropped: ['sent'] }[step] ?? [];
  const after = before.map((earlier) => `${line} ${earlier} ${number}`);
  if (number > 0 && step !== 'dropped') after.push(`${line} ${step} ${number - 1}`);
  if (step === 'sent' && first !== undefined) after.push(first);
  return { is: `${line} ${step} ${number}`, after };
}

function pairWords({ cause, effect }: CausalPair): string {
  const words = ({ connection, name, at }: TraceEvent): string => `${connection} ${name} at the ${at}`;
  return `${words(effect)} is ${thousandthsOfMs(cause.time - effect.time)} before its cause, ${words(cause)} at ${cause.time} ms`;
}

function flightWords({ id, sentAt, departedAt, receivedAt, dropped }: Flight): string[] {
  const steps = [
    ['sent', sentAt],
    ['departed', departedAt],
    ['received', receivedAt ?? dropped?.at],
  ] as const;
  const known = steps.flatMap(([step, time]) => (time === undefined ? [] : [{ step, time }]));
  return known.slice(1).flatMap(({ step, time }, i) => {
    const before = known[i] as (typeof known)[number];
    const early = before.time - time;
    return early > rounding ? [`the flight ${id} was ${step} ${thousandthsOfMs(early)} before it was ${before.step}`] : [];
  });
}
