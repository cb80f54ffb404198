/** How far off the server's times may be, drawn where that is as large as what is seen of them. */
import type { BandPlan } from './plan.ts';
import { along, type Layout, type Line, point } from './marks.ts';

/** From here on it can be seen how wide it is, pixels either way. */
const leastSeen = 3;
/** The bracket's distance from the lane that it stands beside, its ends' height either way, and its distance from the edge, pixels. */
const bracket = { beside: 8, half: 3.5, inset: 6 };

/**
 * A bracket beside the first server's lane, as wide as the server's times may be off, where that could be all that the frames in
 * view take: then how long one of them took is not known better than that.
 */
export function addClockMark(layout: Layout, plans: readonly BandPlan[], uncertaintyMs: number): void {
  const [plan] = plans;
  const [server, client] = [plan?.servers[0], plan?.clients[0]];
  const off = along(layout, uncertaintyMs) - along(layout, 0);
  if (server === undefined || client === undefined || off < leastSeen) return;
  const usual = usualWay(layout);
  if (usual === undefined || 2 * off < usual) return;
  const { orientation, time } = layout;
  const to = time.end - bracket.inset;
  const from = Math.max(time.start, to - 2 * off);
  const s = server + (server > client ? bracket.beside : -bracket.beside);
  const across = (t: number): Line => [point(orientation, t, s - bracket.half), point(orientation, t, s + bracket.half)];
  const lines: Line[] = [[point(orientation, from, s), point(orientation, to, s)], across(to)];
  // One that is wider than the picture goes on beyond it.
  if (to - 2 * off >= time.start) lines.push(across(from));
  layout.clock = { uncertaintyMs, lines };
}

/** How long the frames in view are on the way as drawn, pixels: the median; undefined where none has arrived. */
function usualWay({ frames, orientation }: Layout): number | undefined {
  const ways = frames.flatMap(({ departed, end, state }) => {
    if (!departed || !end || state !== 'received') return [];
    return [orientation === 'across' ? end.x - departed.x : end.y - departed.y];
  });
  return ways.sort((a, b) => a - b)[ways.length >> 1];
}
