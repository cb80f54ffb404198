/** Plans a picture: shares out its breadth among rulers, lanes, labels and strips. */
import type { Band, LanePair } from '../conversation/lane-pairs.ts';
import type { Orientation } from './marks.ts';

/** The places of one band's parts, across the direction of time. */
export interface BandGeometry {
  band: Band;
  from: number;
  to: number;
  /** Each pair's lanes. Two pairs have the server between them, with one lane, or two if it needs room of its own. */
  clients: number[];
  servers: number[];
  /** Room within each end of each pair, behind its lane. */
  depths: Depths[];
  /** Room for payloads outside the first and the last lane. */
  labels: number;
  /** The place of each pair's strip of carried bytes. */
  strips: number[];
}

/** Room within the two ends of a pair for what they hold, pixels. */
export interface Depths {
  client: number;
  server: number;
}

/** A whole picture. */
export interface LaneGeometry {
  /** The coordinates of the first and last moment. */
  time: [start: number, end: number];
  breadth: [near: number, far: number];
  bands: BandGeometry[];
}

export const stripBreadth = 7;
/** Room below a picture whose time runs down: for the words about the end, and for a frame that did not arrive. */
const roomBelow = 32;
const rowHeight = 15;

/** The picture to share out; `pairs` is the number of pairs to keep room for. */
export interface GeometrySize {
  width: number;
  height: number;
  orientation: Orientation;
  pairs: number;
}

/** Shares out a picture, with room for captions over its bands if there are any. */
export function laneGeometryOf(
  bands: readonly Band[],
  hasCaptions: boolean,
  { width, height, orientation, pairs }: GeometrySize,
  depthsOf: (pair: LanePair) => Depths,
): LaneGeometry {
  const across = orientation === 'across';
  const captions = hasCaptions ? rowHeight : 0;
  const breadth: [number, number] = across ? [4, height - 22] : [42, width - 8];
  const time: [number, number] = across ? [64, width - 16] : [24 + captions, height - roomBelow];
  const depths = bands.map((band) => band.pairs.map(depthsOf));
  const deep = depths.map(roomWithin);
  // What an end holds gets room of its own, so that the ways of all pairs stay equally long.
  const share = (breadth[1] - breadth[0] - deep.reduce((sum, own) => sum + own, 0)) / Math.max(1, pairs);
  let from = breadth[0];
  const plans = bands.map((band, i) => {
    const to = from + share * band.pairs.length + (deep[i] as number);
    const plan = planBand(band, depths[i] as Depths[], { from, to, across, captions });
    from = to;
    return plan;
  });
  return { time, breadth, bands: plans };
}

/** Returns the room that all ends of a band need together. */
const roomWithin = (depths: readonly Depths[]): number => depths.reduce((sum, { client, server }) => sum + client + server, 0);

function planBand(
  band: Band,
  depths: Depths[],
  { from, to, across, captions }: { from: number; to: number; across: boolean; captions: number },
): BandGeometry {
  const strips = band.pairs.length * (stripBreadth + 3) + (across ? 5 : 3);
  const free = to - from - roomWithin(depths) - strips - (across ? captions : 6);
  const besides = band.pairs.some(({ isHttp }) => isHttp) ? 82 : 70;
  const labels = across ? (free >= 66 ? rowHeight : 0) : free >= 220 ? besides : 0;
  const [near, far] = depths as [Depths, Depths?];
  const first = from + (across ? captions : 0) + (labels || 5) + near.client;
  const last = to - strips - (labels || 5) - (far ? far.client : near.server);
  const middle = (first + last) / 2;
  const half = far ? (near.server + far.server) / 2 : 0;
  return {
    band,
    from,
    to,
    clients: far ? [first, last] : [first],
    servers: far ? [middle - half, middle + half] : [last],
    depths,
    labels,
    strips: band.pairs.map((_, i) => to - (band.pairs.length - i) * (stripBreadth + 3)),
  };
}
