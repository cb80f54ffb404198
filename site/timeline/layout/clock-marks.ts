/** How far off the server's times may be, drawn where that is as large as what is seen of them. */
import type { BandGeometry } from './lane-geometry.ts';
import { along, type Layout, type Line, point } from './marks.ts';
import { formatTime } from '../words/time.ts';

/** Room that the words take beside the bracket, pixels. */
const roomForText = 120;
/** From here on it can be seen how wide it is, pixels either way. */
const leastSeen = 3;
/** The bracket's distance from the lane that it stands beside and from the edge, and its ends' breadth either way, pixels. */
const bracket = { beside: 8, inset: 6, half: 3.5 };

/**
 * A bracket beside the first server's lane, as wide as the server's times may be off, where that could be all that the frames in
 * view take: then how long one of them took is not known better than that.
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
  // One that is wider than the picture goes on beyond it.
  const ends = from + 2 * off > time.end ? [end(from)] : [end(from), end(to)];
  layout.clock = [[point(orientation, from, s), point(orientation, to, s)], ...ends];
  const text = `± ${formatTime(uncertaintyMs)}`;
  const isAcross = orientation === 'across';
  // Beside the bracket; where there is no room for that, within it.
  const [t, anchor] = isAcross && to > time.end - roomForText ? [to - 4, 'end' as const] : [to + 5, 'start' as const];
  const at = isAcross ? { x: t, y: s + 4 } : { x: s + bracket.half + 3, y: (from + to) / 2 + 4 };
  layout.texts.push({ at, text: isAcross ? `known to ${text}` : text, anchor: isAcross ? anchor : 'start', role: 'note' });
}

/** How long the frames in view are on the way as drawn, pixels: the median; undefined where none has arrived. */
function usualWay({ frames, orientation }: Layout): number | undefined {
  const ways = frames.flatMap(({ departed, end, state }) => {
    if (!departed || !end || state !== 'received') return [];
    return [orientation === 'across' ? end.x - departed.x : end.y - departed.y];
  });
  return ways.sort((a, b) => a - b)[ways.length >> 1];
}
