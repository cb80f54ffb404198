/** The marks of a layout. Coordinates are in CSS pixels of the picture; nothing here says how to paint a mark. */
import type { HttpExchange } from '../../../protocol/trace/exchange.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';

/** Time runs to the right, or down the page. */
export type Orientation = 'across' | 'down';

export interface Point {
  x: number;
  y: number;
}

export type Line = [from: Point, to: Point];

/** A rectangle: its top left corner and its size. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What to lay out, and where. */
export interface View {
  /** The stretch of time shown, ms. */
  from: number;
  to: number;
  width: number;
  height: number;
  orientation: Orientation;
  /** True while frames that have not arrived may still do so; otherwise they are drawn as lost. */
  running?: boolean;
  /** Captions for connections, by id; by default the address, if there are several. */
  names?: Readonly<Record<string, string>> | undefined;
  /** The number of pairs of lanes to keep room for, even while there are fewer. */
  pairs?: number;
  /** The frame that the reader looks at: always drawn. */
  keep?: Flight | undefined;
  /** Returns how long a flight is likely to take, ms, when neither the link nor another flight tells. */
  expectedMs?: ((flight: Flight) => number | undefined) | undefined;
}

/** An end of one or more connections. */
export interface Lane {
  side: 'client' | 'server';
  /** The whole of the lane. */
  line: Line;
  /** The stretches in which a connection had begun and not ended for this end. */
  lives: Line[];
}

/** `lost`: it never arrived, and its connection has ended; `unfinished`: the trace ends before it arrives. */
export type FrameState = 'received' | 'flying' | 'waiting' | 'dropped' | 'lost' | 'unfinished';

/** A frame's way from lane to lane. */
export interface FrameMark {
  flight: Flight;
  direction: Direction;
  look: 'data' | 'control' | 'handshake' | 'http';
  /** True if more frames of its message follow (RFC 6455 §5.4). */
  continues: boolean;
  /** How often the link lost it and sent it again. */
  resent: number;
  /** True for a response that refuses the request: its status is 400 or more (RFC 9110 §15.5). */
  refused: boolean;
  state: FrameState;
  /** The point on its own lane when it was sent. */
  sent: Point;
  /** The point on its own lane when it began to move; undefined while it waits for its turn. */
  departed: Point | undefined;
  /** The point on the other lane when it was received; short of that lane if it never was; undefined while it is under way. */
  end: Point | undefined;
  /** The places of the two lanes across the direction of time. */
  lane: number;
  farLane: number;
}

export interface TextMark {
  at: Point;
  text: string;
  anchor: 'start' | 'middle' | 'end';
  role: 'lane' | 'caption' | 'tick' | 'payload' | 'note' | 'held';
}

/** Stretches of time in which the directions of a pair carried bytes. */
export interface Strip {
  'client-to-server': Rect[];
  'server-to-client': Rect[];
  both: Rect[];
}

/**
 * A stretch of time at the server, beside its lane. For HTTP: `held`, it has said nothing to a request yet; `open`, it has begun
 * its response but not ended it. For a half-duplex channel: a word was on the `air`, or was `lost` there; its station held the
 * `floor`.
 */
export interface BarMark {
  look: 'held' | 'open' | 'air' | 'lost' | 'floor';
  rect: Rect;
  /** The texts that may be written in it, longest first. */
  wordings: string[];
  exchange?: HttpExchange;
}

/** The bytes that wait at an end before they are on the link: an area as deep as there are bytes. */
export interface QueueMark {
  direction: Direction;
  /** A polygon from the lane and back to it: x and y of each corner. A flood brings thousands on every animation frame. */
  outline: number[];
}

/** A message in several frames: `line` from the first of them to the last, beside their lane. */
export interface MessageMark {
  direction: Direction;
  line: Line;
  frames: number;
  /** Where the last of them arrived; undefined if unknown. */
  arrived: Point | undefined;
}

/** The moment at which the link stopped carrying anything, drawn from lane to lane. */
export interface BreakMark {
  line: Line;
  kind: 'cut' | 'silent';
}

/** Where an end closed, the tap left events out, or an exchange was given up. */
export interface PointMark {
  at: Point;
  kind: 'closed' | 'cut' | 'omitted' | 'aborted';
}

/** Everything to be painted. */
export interface Layout {
  width: number;
  height: number;
  orientation: Orientation;
  /** Time on the picture: `start` is the coordinate of `from`, `end` that of `to`. */
  time: { from: number; to: number; start: number; end: number };
  /** The coordinates between which lanes and marks lie, across the direction of time. */
  breadth: [near: number, far: number];
  grid: Line[];
  lanes: Lane[];
  /** The ground between two lanes while both directions carried bytes. */
  both: Rect[];
  strips: Strip[];
  frames: FrameMark[];
  bars: BarMark[];
  queues: QueueMark[];
  breaks: BreakMark[];
  /** Brackets beside a lane, from the first frame of a message in several frames to its last. */
  messages: MessageMark[];
  points: PointMark[];
  /** How far off a server's times may be either way, beside its lane. Set only if that is much of what frames in view take. */
  clock?: Line[];
  texts: TextMark[];
  /** How many frames in view are not drawn, since their lines fall on those of others. */
  leftOut: number;
  /** How many connections are not drawn, since there is no room for more lanes. */
  unplaced: number;
}

/** Returns the corners of an outline as points. */
export function cornersOf(outline: readonly number[]): Point[] {
  return Array.from({ length: outline.length / 2 }, (_, i) => ({
    x: outline[2 * i] as number,
    y: outline[2 * i + 1] as number,
  }));
}

/** Returns the coordinate of a time along the picture. */
export function along({ time }: Pick<Layout, 'time'>, ms: number): number {
  return time.start + ((ms - time.from) / (time.to - time.from)) * (time.end - time.start);
}

/** Returns the time at a coordinate along the picture, ms. */
export function timeAt({ time }: Pick<Layout, 'time'>, coordinate: number): number {
  return time.from + ((coordinate - time.start) / (time.end - time.start)) * (time.to - time.from);
}

/** Returns the point at `t` along the direction of time and `s` across it. */
export function point(orientation: Orientation, t: number, s: number): Point {
  return orientation === 'across' ? { x: t, y: s } : { x: s, y: t };
}
