import type { Check } from '../../../protocol/messages/exercise.ts';
import { type Flight, isHttp } from '../../../protocol/trace/flight.ts';
import { Opcode } from '../../../protocol/wire/frame.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { trafficOf } from '../../../protocol/measures/traffic.ts';
import { roundTripsOf } from '../../../protocol/measures/round-trips.ts';
import { formatCount } from '../../../protocol/words/count.ts';
import { inSeconds } from '../../../protocol/words/duration.ts';

/** How long the WebSocket has to be kept, ms. */
const leastOpen = 12_000;

const bytes = (count: number): string => `${formatCount(count)} bytes`;
/** A ping without content, and its answer, which is masked (RFC 6455 §5.2). */
const bytesOfPing = 2 + 6;

/** Pings that the address asks for in that time and that a busy server had no time for: they are a part of the price. */
function pingsLeftOut({ connections }: Trace, socket: readonly Flight[], open: number): number {
  const every = connections.flatMap(({ url }) => Number(/[?&]pingevery=(\d+)/.exec(url)?.[1] ?? []))[0];
  const seen = socket.filter(({ captured }) => captured?.opcode === Opcode.ping).length;
  return every === undefined ? 0 : Math.max(0, Math.floor(open / every) - seen);
}

const cost = (trace: Trace, flights: readonly Flight[]): number => trafficOf(trace, flights).total;

/** For how long the WebSocket was open, ms; undefined where it never was. */
function openFor({ events }: Trace): number | undefined {
  const opened = events.find(({ name, at }) => name === 'connection_opened' && at === 'client')?.time;
  const ended = events.find(({ name, at }) => name === 'connection_closed' && at === 'client')?.time;
  return opened === undefined ? undefined : (ended ?? events.at(-1)?.time ?? opened) - opened;
}

/** The same updates, told and heard over both: and polling took fewer bytes than keeping a WebSocket for twelve seconds. */
const check: Check = (trace, flights) => {
  if (trace.connections.length === 0) return { passed: false, message: 'No connection was opened in this run.' };
  const polling = flights.filter(isHttp);
  const socket = flights.filter((flight) => !isHttp(flight));
  const open = openFor(trace);
  if (open === undefined || polling.length === 0) {
    const missing = open === undefined ? 'no WebSocket was opened' : 'no request was sent';
    return { passed: false, message: `There is nothing to compare: ${missing}. Do the job both ways in one run.` };
  }
  const heard = [socket, polling].map((list) => roundTripsOf(list, /update \d+/g));
  const told = new Set(heard.flat().map(({ update }) => update));
  const back = heard.map((list) => list.filter(({ receivedAt }) => receivedAt !== undefined).length) as [number, number];
  if (told.size === 0) return { passed: false, message: 'No update was told. The text of each is to be "update" and a number.' };
  if (Math.min(...back) < told.size) {
    const [where, count] = back[0] < back[1] ? ['the WebSocket', back[0]] : ['polling', back[1]];
    return {
      passed: false,
      message: `${count} of ${told.size} updates came back over ${where}. Only the whole job can be compared.`,
    };
  }
  if (open < leastOpen) {
    return {
      passed: false,
      message: `The WebSocket was open for ${inSeconds(open)} only. Keep it open for at least 12 s: its price is that of waiting.`,
    };
  }
  const missing = bytesOfPing * pingsLeftOut(trace, socket, open);
  const [byPolling, bySocket] = [cost({ ...trace, events: [], connections: [] }, polling), cost(trace, socket) + missing];
  const late = missing > 0 ? `, ${bytes(missing)} of them for pings that this busy machine was too late for` : '';
  const compared = `${told.size} ${told.size === 1 ? 'update' : 'updates'}: polling took ${bytes(byPolling)}, the WebSocket ${bytes(bySocket)}${late}`;
  if (byPolling >= bySocket) {
    if (told.size === 1)
      return { passed: false, message: `${compared}. Rarer than once it cannot be: keep the WebSocket for longer.` };
    const each = Math.round(byPolling / told.size);
    return {
      passed: false,
      message: `${compared}. Each update costs ${bytes(each)} by polling: it is cheaper only where updates come more rarely.`,
    };
  }
  // A server pings every 20 s, 200 times more rarely than this one.
  const minutes = Math.round((open / told.size / 1000) * (200 / 60));
  return {
    passed: true,
    message: `${compared}. With a ping every 20 s, as servers do, that is one update in about ${minutes} minutes: when there is less to say than that, ask.`,
  };
};

export default check;
