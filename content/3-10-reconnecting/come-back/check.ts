import type { Check, CheckResult, Seeds } from '../../../protocol/messages/exercise.ts';
import { type Flight, isData } from '../../../protocol/trace/flight.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { textOf } from '../../../protocol/trace/payload.ts';
import { clientsOf, comeApart } from './stampede.ts';

/**
 * One client cannot show whether its wait is random or only grows; clients side by side can, and with many seeds a wait that is
 * random too little also brings two of them back together. The link of the page cuts every connection, the station's too.
 */
export const seeds: Seeds = { count: 50, clients: 3, link: { cut: 1000 }, check: comeApart };

/**
 * Cuts to survive; how long the longest wait is at least, ms; and by which share of it the waits differ at least. A machine makes any
 * wait longer: so the longest of them is left out, and they have to differ by more than that machine is late by itself.
 */
const wanted = { cuts: 5, wait: 50, spread: 0.15, timesLate: 2 };

/** Over five cuts the listener hears all that the station says, each once, and its waits before coming back differ. */
const check: Check = (trace, flights) => {
  if (trace.connections.length === 0) return { passed: false, message: 'No connection was opened in this run.' };
  if (clientsOf(trace).length > 1) return judgeSeveral(trace, flights);
  const texts = (direction: Flight['direction'], from: (connection: string) => boolean): string[] =>
    flights
      .filter((flight) => isData(flight) && flight.direction === direction && from(flight.connection))
      .filter(({ receivedAt }) => receivedAt !== undefined)
      .map(wordsOf);
  const stations = new Set(
    flights.filter((flight) => isData(flight) && flight.direction === 'client-to-server').map(({ connection }) => connection),
  );
  const isListener = (id: string): boolean => !stations.has(id);
  const said = new Set(texts('client-to-server', (id) => stations.has(id)));
  const heard = texts('server-to-client', isListener).filter((text) => said.has(text));
  return judge({
    said,
    heard,
    cuts: trace.events.filter(({ name, connection }) => name === 'link_cut' && isListener(connection)).length,
    waits: waitsOf(trace, isListener),
    isGone: neverCameBack(trace, flights, isListener),
    late: latenessOf(flights),
  });
};

const judgeSeveral: Check = (trace, flights) => {
  const { passed, message } = comeApart(trace, flights);
  if (!passed) return { passed, message };
  return { passed: false, message: `${message} Whether one of them hears all is judged where it is alone: remove the others.` };
};

interface Seen {
  said: Set<string>;
  heard: string[];
  cuts: number;
  waits: number[];
  /** The listener was away when the last number was said, and stayed away. */
  isGone: boolean;
  /** How late this machine handed messages to the program, ms. */
  late: number;
}

function judge({ said, heard, cuts, waits, isGone, late }: Seen): CheckResult {
  const fail = (message: string): CheckResult => ({ passed: false, message });
  const known = new Set(heard);
  if (said.size < 40) return fail(`The station said ${said.size} of its forty numbers. Let the run come to its end, then Check.`);
  if (known.size < said.size) {
    const lost = [...said].filter((text) => !known.has(text));
    if (isGone)
      return fail(
        `${known.size} of ${said.size} numbers were heard. After ${cuts} cuts the listener gave up: it was not there for ${lost[0]} and what came later. Come back after each cut, until the station has closed.`,
      );
    return fail(
      `${known.size} of ${said.size} numbers were heard; ${lost.slice(0, 3).join(', ')}${lost.length > 3 ? ' and others' : ''} went by while the listener was away. The room has kept them: tell it where you were.`,
    );
  }
  if (heard.length > said.size) {
    const again = [...said].filter((text) => heard.indexOf(text) !== heard.lastIndexOf(text));
    return fail(
      `All ${said.size} numbers were heard, but ${again.length} of them came more than once, ${heard.length} messages in all. When you come back, ask for what comes after the last id that you know.`,
    );
  }
  if (cuts < wanted.cuts)
    return fail(
      `All ${said.size} numbers were heard, but there were ${cuts} cuts in this run; it takes ${wanted.cuts}. Keep ?cut=1000, and wait for less.`,
    );
  const told = `${known.size} of ${said.size} numbers were heard, each once, over ${cuts} cuts.`;
  const words = `${waits.map((wait) => Math.round(wait)).join(', ')} ms`;
  const [shortest = 0, ...longer] = [...waits].sort((a, b) => a - b);
  const longest = longer.at(-1) ?? shortest;
  if (longest < wanted.wait)
    return fail(
      `${told} But you came back at once, after ${words}: a server that is down gets no rest. Wait a little, at random.`,
    );
  const spread = (longer.at(-2) ?? shortest) - shortest;
  if (spread < wanted.spread * longest)
    return fail(
      `${told} But you waited ${words}: always as long, but for what the machine adds. Fifty clients that do so come back together; wait for a random time.`,
    );
  if (spread < wanted.timesLate * late)
    return fail(
      `${told} You waited ${words}, and this machine was late by up to ${Math.round(late)} ms all the time: whether you waited at random cannot be told. Check again when it has less to do.`,
    );
  return { passed: true, message: `${told} You waited ${words} before you came back: no two clients will do that together.` };
}

/** How long each listener that had ended was away before the next one began, ms. */
function waitsOf(trace: Trace, isListener: (id: string) => boolean): number[] {
  const ids = trace.connections.map(({ id }) => id).filter(isListener);
  const timeOf = (id: string | undefined, name: string): number | undefined =>
    trace.events.find((event) => event.connection === id && event.at === 'client' && event.name === name)?.time;
  return ids.slice(1).flatMap((id, i) => {
    const [ended, began] = [timeOf(ids[i], 'connection_closed'), timeOf(id, 'connection_started')];
    return ended === undefined || began === undefined ? [] : [began - ended];
  });
}

/** True where something was said after the last listener had ended, and none came any more. */
function neverCameBack(trace: Trace, flights: readonly Flight[], isListener: (id: string) => boolean): boolean {
  const { id } = trace.connections.findLast((connection) => isListener(connection.id)) ?? {};
  const ended = trace.events.find(
    (event) => event.connection === id && event.at === 'client' && event.name === 'connection_closed',
  );
  const lastSaid = flights.findLast((flight) => isData(flight) && flight.direction === 'client-to-server');
  return ended !== undefined && lastSaid !== undefined && ended.time < lastSaid.sentAt;
}

/** The time from the socket to the program that nine of ten messages took at most, ms: nothing but the machine is in between. */
function latenessOf(flights: readonly Flight[]): number {
  const late = flights.flatMap(({ direction, onLink, receivedAt }) =>
    direction === 'server-to-client' && onLink?.to !== undefined && receivedAt !== undefined ? [receivedAt - onLink.to] : [],
  );
  return late.sort((a, b) => a - b)[Math.floor(late.length * 0.9)] ?? 0;
}

/** The text of a message; of one that comes with its id, what it says. */
function wordsOf(flight: Flight): string {
  const text = textOf(flight);
  try {
    const { data } = JSON.parse(text) as { data?: string };
    return data ?? text;
  } catch {
    return text;
  }
}

export default check;
