/**
 * The space-time diagram as marks: time along one axis, the two ends of each connection as lanes across it, each frame
 * a straight line from the moment it began to move on one lane to the moment it was received on the other.
 * Pure: everything comes from the conversation; nothing is measured on a page, and nothing is painted.
 */
import type { Span } from '../../protocol/duplex.ts';
import type { HttpExchange } from '../../protocol/exchange.ts';
import { type Flight, isHttp } from '../../protocol/flight.ts';
import { isControl } from '../../protocol/frame.ts';
import { bandsOf, countPairs } from './bands.ts';
import type { Band, Pair } from './bands.ts';
import { captionsOf } from './captions.ts';
import type { ConnectionLife, Conversation } from './conversation.ts';
import { lengths, thin } from './density.ts';
import { heldMarks, heldTexts, heldTextsBeside, slotsDepth } from './held.ts';
import { fit, payloadLabels } from './labels.ts';
import { along, point } from './marks.ts';
import type { FrameMark, FrameState, HeldMark, Lane, Layout, Line, PointMark, Rect, Strip, TextMark, View } from './marks.ts';
import { shortName } from './payload.ts';
import { planOf, stripBreadth } from './plan.ts';
import type { BandPlan, Depths } from './plan.ts';
import { ticks } from './time.ts';

/** How far a frame that never arrived is drawn: this part of the way, and so many pixels along. */
const stub = { part: 0.28, along: 14 };

/** Lays out what of a conversation lies in `view`. */
export function layoutTimeline(conversation: Conversation, view: View): Layout {
  const { width, height, orientation } = view;
  const bands = bandsOf(conversation.connections);
  const captions = captionsOfBands(bands, view);
  const pairs = Math.max(view.pairs ?? 1, countPairs(bands));
  const plan = planOf(bands, captions.some(Boolean), { width, height, orientation, pairs }, (pair) => ({
    client: 0,
    server: pair.isHttp ? slotsDepth(conversation.slotsOf(pair.connections).count, orientation === 'across') : 0,
  }));
  const layout: Layout = {
    width,
    height,
    orientation,
    time: { from: view.from, to: Math.max(view.to, view.from + 1e-6), start: plan.time[0], end: plan.time[1] },
    breadth: plan.breadth,
    grid: [],
    lanes: [],
    both: [],
    strips: [],
    frames: [],
    points: [],
    held: [],
    texts: [],
    leftOut: 0,
  };
  addRuler(layout);
  const flights = new Map<string, Flight[]>();
  for (const flight of conversation.between(view.from, view.to)) {
    const own = flights.get(flight.connection);
    if (own) own.push(flight);
    else flights.set(flight.connection, [flight]);
  }
  for (const [i, bandPlan] of plan.bands.entries()) {
    addBand(layout, bandPlan, flights, view, conversation);
    if (captions[i]) addCaption(layout, bandPlan, captions[i]);
  }
  return layout;
}

/** What is written over each band; nothing where there is but one, or where its lanes say it already. */
function captionsOfBands(bands: readonly Band[], { names }: View): string[] {
  const first = bands.map(({ pairs }) => pairs[0]);
  if (bands.length < 2) return first.map(() => '');
  return captionsOf(first, names).map((caption, i) => (caption === `client ${(first[i] as Pair).client}` ? '' : caption));
}

function addRuler(layout: Layout): void {
  const { time, breadth, orientation, width, height } = layout;
  const across = orientation === 'across';
  for (const { time: ms, label } of ticks(time.from, time.to, (time.end - time.start) / (across ? 88 : 56))) {
    const t = along(layout, ms);
    layout.grid.push([point(orientation, t, breadth[0]), point(orientation, t, breadth[1])]);
    if (!across) layout.texts.push({ at: { x: breadth[0] - 6, y: t + 4 }, text: label, anchor: 'end', role: 'tick' });
    else if (t < width - 18) layout.texts.push({ at: { x: t, y: height - 6 }, text: label, anchor: 'middle', role: 'tick' });
  }
}

function addBand(layout: Layout, plan: BandPlan, flights: Map<string, Flight[]>, view: View, conversation: Conversation): void {
  const { band, clients, servers, depths } = plan;
  addLanes(layout, plan, view);
  for (const [i, pair] of band.pairs.entries()) {
    const [client, server] = [clients[i] as number, servers[i] as number];
    const depth = depths[i] as Depths;
    const all = pair.connections.flatMap(({ id }) => flights.get(id) ?? []);
    const own = thin(all, along(layout, 1) - along(layout, 0), view.keep);
    layout.leftOut += all.length - own.length;
    const closed = new Set(pair.connections.filter(isClosed).map(({ id }) => id));
    const marks = own.map((flight) => frameMark(layout, flight, [client, server], view, closed.has(flight.connection)));
    layout.frames.push(...marks);
    layout.strips.push(stripOf(layout, conversation, pair, plan.strips[i] as number, [client, server]));
    for (const life of pair.connections) addPoints(layout, life, client, server);
    let held: HeldMark[] = [];
    if (pair.isHttp) {
      const exchanges = pair.connections.flatMap((life) => life.exchanges);
      const slots = conversation.slotsOf(pair.connections);
      held = heldMarks(layout, exchanges, slots, { s: server, away: i === 0 ? 1 : -1 });
      layout.held.push(...held);
    }
    if (plan.labels === 0) continue;
    const isAcross = layout.orientation === 'across';
    const limit = [layout.time.start, isAcross ? layout.width - 4 : layout.time.end] as const;
    const write = (named: readonly FrameMark[], side: -1 | 1, beyond: number): TextMark[] => {
      const texts = payloadLabels(named, layout.orientation, side, plan.labels, limit, beyond);
      layout.texts.push(...texts);
      return texts;
    };
    const [up, down] = [marks.filter(({ direction }) => direction === 'client-to-server'), marks.filter(isFromServer)];
    write(up, i === 0 ? -1 : 1, depth.client);
    const isShared = band.pairs.length > 1;
    if (isAcross) {
      const answers = down.flatMap(({ flight }): [HttpExchange, string][] =>
        flight.exchange && flight.part === 0 ? [[flight.exchange, shortName(flight)]] : [],
      );
      const { texts, answered } = heldTexts(held, new Map(answers), layout.width - 4);
      layout.texts.push(...texts);
      const named = ({ flight: { exchange, part } }: FrameMark): boolean => part === 0 && answered.has(exchange as HttpExchange);
      if (!isShared) write(down.filter((mark) => !named(mark)), 1, depth.server); // prettier-ignore
    } else if (!isShared) {
      const taken = write(down, 1, depth.server);
      layout.texts.push(...heldTextsBeside(held, server + depth.server + 7, taken));
    }
  }
}

const isFromServer = ({ direction }: FrameMark): boolean => direction === 'server-to-client';

/** The lanes of a band's ends. Where two pairs share the server, its lanes have what it holds between them. */
function addLanes(layout: Layout, { band, clients, servers }: BandPlan, view: View): void {
  const { start, end } = layout.time;
  const all = [...clients, ...servers];
  const lane = (side: Lane['side'], s: number, pairs: readonly Pair[]): void => {
    const lives = pairs.flatMap(({ connections }) => connections.flatMap((life) => livesOf(layout, life, side, s, view)));
    layout.lanes.push({ side, line: [point(layout.orientation, start, s), point(layout.orientation, end, s)], lives });
  };
  const [near, far] = band.pairs;
  const [server, farServer = server] = servers as [number, number?];
  lane('client', clients[0] as number, [near]);
  addLaneLabel(layout, `client ${near.client}`, clients[0] as number, all);
  lane('server', server, far && farServer === server ? [near, far] : [near]);
  if (far && farServer !== server) lane('server', farServer, [far]);
  addLaneLabel(layout, 'server', (server + farServer) / 2, all);
  if (!far) return;
  lane('client', clients[1] as number, [far]);
  addLaneLabel(layout, `client ${far.client}`, clients[1] as number, all);
}

function addLaneLabel({ orientation, time, texts }: Layout, text: string, s: number, lanes: readonly number[]): void {
  if (orientation === 'across') {
    texts.push({ at: { x: time.start - 8, y: s + 4 }, text, anchor: 'end', role: 'lane' });
    return;
  }
  const anchor = s === Math.min(...lanes) ? 'start' : s === Math.max(...lanes) ? 'end' : 'middle';
  const shift = anchor === 'start' ? -5 : anchor === 'end' ? 5 : 0;
  texts.push({ at: { x: s + shift, y: time.start - 9 }, text, anchor, role: 'lane' });
}

function addCaption({ orientation, time, texts }: Layout, { from, to }: BandPlan, caption: string): void {
  const across = orientation === 'across';
  const at = across ? { x: 4, y: from + 11 } : { x: from + 2, y: 12 };
  texts.push({ at, text: fit(caption, across ? time.end - 8 : to - from - 8, 'sans'), anchor: 'start', role: 'caption' });
}

/** The stretch of a lane in which the connection had begun and not ended for that end, cut to the view. */
function livesOf(layout: Layout, life: ConnectionLife, side: Lane['side'], s: number, { from, to }: View): Line[] {
  const line = (began: number, ended: number): Line[] => {
    const [start, end] = [Math.max(began, from), Math.min(ended, to)];
    return start < end
      ? [[point(layout.orientation, along(layout, start), s), point(layout.orientation, along(layout, end), s)]]
      : [];
  };
  // By HTTP a client waits from asking to the end of the answer; what the server does in that time is drawn beside its lane.
  if (life.exchanges.length > 0) {
    return side === 'server' ? [] : life.exchanges.flatMap(({ startedAt, endedAt }) => line(startedAt, endedAt ?? to));
  }
  const began = side === 'client' ? (life.startedAt ?? life.openedAt.client) : (life.openedAt.server ?? life.startedAt);
  return line(began ?? from, life.closed[side]?.time ?? to);
}

function addPoints(layout: Layout, life: ConnectionLife, client: number, server: number): void {
  const { time, orientation, points } = layout;
  const add = (ms: number, s: number, kind: PointMark['kind']): void => {
    if (ms >= time.from && ms <= time.to) points.push({ at: point(orientation, along(layout, ms), s), kind });
  };
  for (const [side, s] of [
    ['client', client],
    ['server', server],
  ] as const) {
    const closing = life.closed[side];
    if (closing) add(closing.time, s, closing.wasClean ? 'closed' : 'cut');
  }
  for (const { time: at } of life.omitted) add(at, server, 'omitted');
  for (const { endedAt, complete } of life.exchanges)
    if (endedAt !== undefined && complete === false) add(endedAt, client, 'aborted');
}

const isClosed = ({ closed }: ConnectionLife): boolean => closed.client !== undefined || closed.server !== undefined;

/** What became of a frame. One that did not arrive on a connection that has ended is lost; else the trace ends before it does. */
function stateOf({ receivedAt, dropped, departedAt }: Flight, running: boolean, closed: boolean): FrameState {
  if (receivedAt !== undefined) return 'received';
  if (dropped) return 'dropped';
  if (!running) return closed ? 'lost' : 'unfinished';
  return departedAt === undefined ? 'waiting' : 'flying';
}

function frameMark(
  layout: Layout,
  flight: Flight,
  ends: [number, number],
  { running = false }: View,
  closed: boolean,
): FrameMark {
  const { direction, kind, captured, sentAt, departedAt, dropped } = flight;
  const [lane, farLane] = direction === 'client-to-server' ? ends : [ends[1], ends[0]];
  const at = (ms: number, s: number) => point(layout.orientation, along(layout, ms), s);
  const state = stateOf(flight, running, closed || flight.exchange?.endedAt !== undefined);
  const underWay = state === 'waiting' || state === 'flying';
  const leftAt = departedAt ?? (underWay ? undefined : (dropped?.at ?? sentAt));
  const end =
    state === 'received'
      ? at(flight.receivedAt as number, farLane)
      : underWay
        ? undefined
        : point(layout.orientation, along(layout, leftAt as number) + stub.along, lane + (farLane - lane) * stub.part);
  return {
    flight,
    direction,
    look:
      kind === 'handshake' ? 'handshake' : isHttp(flight) ? 'http' : captured && isControl(captured.opcode) ? 'control' : 'data',
    refused: kind === 'response' && (flight.exchange?.status ?? 0) >= 400,
    state,
    sent: at(sentAt, lane),
    departed: leftAt === undefined ? undefined : at(leftAt, lane),
    end,
    lane,
    farLane,
  };
}

/** When each direction of a pair carried bytes, and when both did. */
function stripOf(layout: Layout, conversation: Conversation, pair: Pair, s: number, lanes: [number, number]): Strip {
  const { from, to } = layout.time;
  const rects = (spans: readonly Span[], near: number, far: number): Rect[] =>
    lengths(spans, from, to, (ms) => along(layout, ms)).map(([t0, t1]) =>
      layout.orientation === 'across'
        ? { x: t0, y: near, width: t1 - t0, height: far - near }
        : { x: near, y: t0, width: far - near, height: t1 - t0 },
    );
  const half = stripBreadth / 2;
  const carried = conversation.carriedBy(pair.connections);
  layout.both.push(...rects(carried.both, Math.min(...lanes), Math.max(...lanes)));
  return {
    'client-to-server': rects(carried['client-to-server'], s, s + half),
    'server-to-client': rects(carried['server-to-client'], s + half, s + stripBreadth),
    both: rects(carried.both, s, s + stripBreadth),
  };
}
