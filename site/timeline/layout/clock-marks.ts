/** Draws how far off the server's times may be, where that is as large as what the picture shows of them. */
import type { BandGeometry } from './lane-geometry.ts';
import { along, type Layout, type Line, point } from './marks.ts';
import { formatTime } from '../words/time.ts';

/** Room for the words beside the bracket, pixels. */
const roomForText = 120;
/** The least width either way at which the bracket can be read, pixels. */
const leastSeen = 3;
/** The bracket's distance from its lane and from the edge, and the breadth of its ends either way, pixels. */
const bracket = { beside: 8, inset: 6, half: 3.5 };

/**
 * Adds a bracket beside the first server's lane, as wide as the server's times may be off, if that could be all the time that
 * the frames in view take: nobody knows more exactly how long one of them took.
 */
export function addClockMark(layout: Layout, plans: readonly BandGeometry[], uncertaintyMs: number): void {
  const [plan] = plans;
  const [server, client] = [plan?.servers[0], plan?.clients[0]];
  const off = along(layout, uncertaintyMs) - along(layout, 0);
  if (server === undefined || client === undefined || off < leastSeen) return;
  const usual = usualWay(layout);
  if (usual === undefined || 2 * off < usual) return;
  const { orientation, time } = layout;
  const from = time.start + bracket.inset;
  const to = Math.min(time.end, from + 2 * off);
  const s = server + (server > client ? bracket.beside : -bracket.beside);
  const end = (t: number): Line => [point(orientation, t, s - bracket.half), point(orientation, t, s + bracket.half)];
  // A bracket wider than the picture runs on beyond it.
  const ends = from + 2 * off > time.end ? [end(from)] : [end(from), end(to)];
  layout.clock = [[point(orientation, from, s), point(orientation, to, s)], ...ends];
  const text = `± ${formatTime(uncertaintyMs)}`;
  const isAcross = orientation === 'across';
  // Write beside the bracket, or within it if there is no room.
  const [t, anchor] = isAcross && to > time.end - roomForText ? [to - 4, 'end' as const] : [to + 5, 'start' as const];
  const at = isAcross ? { x: t, y: s + 4 } : { x: s + bracket.half + 3, y: (from + to) / 2 + 4 };
  layout.texts.push({ at, text: isAcross ? `known to ${text}` : text, anchor: isAcross ? anchor : 'start', role: 'note' });
}

/** Returns the median length of the frames' ways in view, in pixels along time; undefined if none has arrived. */
function usualWay({ frames, orientation }: Layout): number | undefined {
  const ways = frames.flatMap(({ departed, end, state }) => {
    if (!departed || !end || state !== 'received') return [];
    return [orientation === 'across' ? end.x - departed.x : end.y - departed.y];
  });
  return ways.sort((a, b) => a - b)[ways.length >> 1];
}
