/** The ends of a band as lanes, with their names and the stretches in which a connection was open for them. */
import type { Pair } from './bands.ts';
import type { ConnectionLife } from './conversation.ts';
import { along, point } from './marks.ts';
import type { Lane, Layout, Line, View } from './marks.ts';
import type { BandPlan } from './plan.ts';

/** The lanes of a band's ends. Where two pairs share the server, its lanes have what it holds between them. */
export function addLanes(layout: Layout, { band, clients, servers }: BandPlan, view: View): void {
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
