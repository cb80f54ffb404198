/** Draws one band: lanes, frames, what its ends hold and what waits there, labels, strips. */
import type { Span } from '../../../protocol/measures/duplex.ts';
import type { HttpExchange } from '../../../protocol/trace/exchange.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';
import { addAll } from '../../../protocol/collections/add-all.ts';
import { airBars, airRows } from './air-bars.ts';
import { rowsOfPair } from '../conversation/exchange-rows.ts';
import { airOf } from '../conversation/half-duplex-air.ts';
import type { LanePair } from '../conversation/lane-pairs.ts';
import { type BarPlace, rowsDepth } from './bars.ts';
import type { ConnectionLife, Conversation } from '../conversation/conversation.ts';
import { lengths } from './downsample.ts';
import type { DrawnFlights } from '../conversation/drawn-flights.ts';
import { addCollisions, addEnds, addLosses, addMessages } from './connection-ends.ts';
import { marksOf, messageMarks } from './frame-marks.ts';
import { exchangeBars, exchangeTexts, exchangeTextsBeside } from './exchange-bars.ts';
import { apartBy, payloadLabels } from './labels.ts';
import { addLanes } from './lanes.ts';
import { along } from './marks.ts';
import type { BarMark, FrameMark, FrameState, Lane, Layout, Rect, Strip, TextMark, View } from './marks.ts';
import { shortName } from '../conversation/payload-preview.ts';
import { type BandGeometry, type Depths, stripBreadth } from './lane-geometry.ts';
import { queueDepth, queueMarks, queueTexts } from './queue-marks.ts';

/**
 * Pixels per frame. In a denser picture a frame is labelled only if the next one is at least this far away: otherwise nobody
 * could tell whose label it is.
 */
const closest = 3;
/** The same distance where lines stand for others that are not drawn: what one of many carried says little. */
const closestOfMany = 12;

/** Adds all marks of a band. `drawn` holds the flights of each of its pairs. */
export function addBand(
  layout: Layout,
  plan: BandGeometry,
  drawn: readonly DrawnFlights[],
  view: View,
  conversation: Conversation,
): void {
  const { band, clients, servers, depths } = plan;
  addLanes(layout, plan, { from: view.from, to: view.to, stoppedAt: conversation.stoppedAt });
  for (const [i, pair] of band.pairs.entries()) {
    const [client, server] = [clients[i] as number, servers[i] as number];
    const depth = depths[i] as Depths;
    const own = drawn[i] as DrawnFlights;
    layout.leftOut += own.leftOut;
    const closed = new Set(pair.connections.filter(isClosed).map(({ id }) => id));
    const marks = marksOf(layout, own, {
      ends: [client, server],
      running: view.running ?? false,
      closed,
      seenUntil: seenUntil(conversation, pair),
      takes: (flight) => flight.takes ?? conversation.lastOneWayMs(flight) ?? view.expectedMs?.(flight),
    });
    addAll(layout.frames, marks);
    layout.strips.push(stripOf(layout, conversation, pair, plan.strips[i] as number, [client, server]));
    const messages = messageMarks(layout, own, marks);
    addAll(layout.messages, messages);
    const away = i === 0 ? 1 : -1;
    const bars = barsOf(layout, conversation, pair, { s: server, away });
    addAll(layout.bars, bars);
    addQueues(layout, conversation, pair, { client: { s: client, away: -away }, server: { s: server, away } }, depth);
    for (const life of pair.connections) addEnds(layout, life, { client, server });
    addLosses(layout, marks);
    addMessages(layout, messages);
    if (plan.labels === 0) continue;
    const isDense = marks.length > (layout.time.end - layout.time.start) / closest;
    const least = own.leftOut > 0 ? closestOfMany : isDense ? closest : 0;
    const isAcross = layout.orientation === 'across';
    const limit = [layout.time.start, isAcross ? layout.width - 4 : layout.time.end] as const;
    const write = (named: readonly FrameMark[], side: -1 | 1, beyond: number): TextMark[] => {
      const alone = least > 0 ? apartBy(least, named, isAcross) : named;
      const texts = payloadLabels(alone, layout.orientation, side, plan.labels, limit, beyond);
      addAll(layout.texts, texts);
      return texts;
    };
    const [up, down] = [marks.filter(({ direction }) => direction === 'client-to-server'), marks.filter(isFromServer)];
    write(up, i === 0 ? -1 : 1, depth.client);
    const isShared = band.pairs.length > 1;
    if (isAcross) {
      const answers = (pair.isHttp ? down : []).flatMap(({ flight }): [HttpExchange, string][] =>
        flight.exchange && flight.part === 0 ? [[flight.exchange, shortName(flight)]] : [],
      );
      const { texts, answered } = exchangeTexts(bars, new Map(answers), layout.width - 4);
      addAll(layout.texts, texts);
      const named = ({ flight: { exchange, part } }: FrameMark): boolean => part === 0 && answered.has(exchange as HttpExchange);
      if (!isShared) write(answered.size > 0 ? down.filter((mark) => !named(mark)) : down, 1, depth.server);
    } else if (!isShared) {
      const taken = write(down, 1, depth.server);
      addAll(layout.texts, exchangeTextsBeside(bars, server + depth.server + 7, taken));
    } else addCollisions(layout, bars, ((servers[0] as number) + (servers[1] as number)) / 2);
  }
}

/** Returns when a frame that never arrived stopped: when the link lost it, its connection ended, or the run was stopped. */
function seenUntil(conversation: Conversation, { connections }: LanePair) {
  const ends = new Map(
    connections.map(({ id, closed, stoppedAt = conversation.stoppedAt }) => [
      id,
      { over: closed.server?.time ?? closed.client?.time, stopped: stoppedAt ?? conversation.end },
    ]),
  );
  return ({ connection, dropped, exchange }: Flight, state: FrameState): number | undefined => {
    if (state === 'dropped') return dropped?.at;
    const { over, stopped } = ends.get(connection) ?? { over: undefined, stopped: conversation.end };
    return state === 'lost' ? (exchange?.endedAt ?? over) : stopped;
  };
}

const isFromServer = ({ direction }: FrameMark): boolean => direction === 'server-to-client';

/** Returns the depth behind a pair's lanes, worked out from the whole conversation so that it stays while the view moves. */
export function depthsOf(conversation: Conversation, pair: LanePair, isAcross: boolean): Depths {
  const { connections } = pair;
  const queue = (direction: Direction): number => (conversation.queueOf(connections, direction) ? queueDepth(isAcross) : 0);
  const rows = pair.isHttp ? conversation.once(rowsOfPair, pair).count : airRows(conversation.once(airOf, pair));
  return { client: queue('client-to-server'), server: queue('server-to-client') + rowsDepth(rows, isAcross) };
}

function barsOf(layout: Layout, conversation: Conversation, pair: LanePair, place: Omit<BarPlace, 'rows'>): BarMark[] {
  if (!pair.isHttp) return airBars(layout, conversation.once(airOf, pair) ?? [], place);
  const exchanges = pair.connections.flatMap((life) => life.exchanges);
  return exchangeBars(layout, exchanges, conversation.once(rowsOfPair, pair), place);
}

/** Adds each end's queue, behind its bars. */
function addQueues(
  layout: Layout,
  conversation: Conversation,
  { connections }: LanePair,
  places: Record<Lane['side'], { s: number; away: number }>,
  depths: Depths,
): void {
  for (const [side, direction] of [
    ['client', 'client-to-server'],
    ['server', 'server-to-client'],
  ] as const) {
    const queue = conversation.queueOf(connections, direction);
    if (!queue) continue;
    const { s, away } = places[side];
    const before = depths[side] - queueDepth(layout.orientation === 'across');
    const place = { direction, s: s + away * before, away: away as 1 | -1 };
    addAll(layout.queues, queueMarks(layout, queue, place));
    addAll(layout.texts, queueTexts(layout, queue, place));
  }
}

/** False where events were left out: a missing arrival may be among them, so it proves nothing. */
const isClosed = ({ closed, omitted }: ConnectionLife): boolean =>
  omitted.length === 0 && (closed.client !== undefined || closed.server !== undefined);

/** Returns the strip that shows when each direction of a pair carried bytes, and when both did. */
function stripOf(layout: Layout, conversation: Conversation, pair: LanePair, s: number, lanes: [number, number]): Strip {
  const { from, to } = layout.time;
  const rects = (spans: readonly Span[], near: number, far: number): Rect[] =>
    lengths(spans, from, to, (ms) => along(layout, ms)).map(([t0, t1]) =>
      layout.orientation === 'across'
        ? { x: t0, y: near, width: t1 - t0, height: far - near }
        : { x: near, y: t0, width: far - near, height: t1 - t0 },
    );
  const half = stripBreadth / 2;
  const carried = conversation.carriedBy(pair.connections);
  addAll(layout.both, rects(carried.both, Math.min(...lanes), Math.max(...lanes)));
  return {
    'client-to-server': rects(carried['client-to-server'], s, s + half),
    'server-to-client': rects(carried['server-to-client'], s + half, s + stripBreadth),
    both: rects(carried.both, s, s + stripBreadth),
  };
}
