/** Draws the ends of a band as lanes, with their names and the stretches in which a connection was open for them. */
import { addAll } from '../../../protocol/collections/add-all.ts';
import type { LanePair } from '../conversation/lane-pairs.ts';
import type { ConnectionLife } from '../conversation/conversation.ts';
import { isRefusal } from './frame-marks.ts';
import { extentOf } from './labels.ts';
import { along, point } from './marks.ts';
import type { Lane, Layout, Line, TextMark, View } from './marks.ts';
import type { BandGeometry } from './lane-geometry.ts';

/** The names that a lane may have, longest first: when time runs down, lanes may lie closer than their names are wide. */
const namings: ((client: string | undefined) => string)[] = [
  (client) => (client === undefined ? 'server' : `client ${client}`),
  (client) => client ?? 'server',
  (client) => client ?? 'S',
];

/** The stretch of time in view, and when the run was stopped. */
interface Lifetime extends Pick<View, 'from' | 'to'> {
  stoppedAt: number | undefined;
}

/** Adds the lanes of a band's ends. If two pairs share the server, what it holds lies between its lanes. */
export function addLanes(layout: Layout, { band, clients, servers }: BandGeometry, view: Lifetime): void {
  const { start, end } = layout.time;
  const lane = (side: Lane['side'], s: number, pairs: readonly LanePair[]): void => {
    const lives = pairs.flatMap(({ connections }) => connections.flatMap((life) => livesOf(layout, life, side, s, view)));
    layout.lanes.push({ side, line: [point(layout.orientation, start, s), point(layout.orientation, end, s)], lives });
  };
  const [near, far] = band.pairs;
  const [server, farServer = server] = servers as [number, number?];
  lane('client', clients[0] as number, [near]);
  lane('server', server, far && farServer === server ? [near, far] : [near]);
  if (far && farServer !== server) lane('server', farServer, [far]);
  if (far) lane('client', clients[1] as number, [far]);
}

/** Writes the names of all lanes, in one wording. */
export function addLaneNames(layout: Layout, plans: readonly BandGeometry[]): void {
  const wordings = namings.map((name) => plans.map((plan) => namesOf(layout, plan, name)));
  addAll(layout.texts, (wordings.find((bands) => bands.every(areApart)) ?? (wordings.at(-1) as TextMark[][])).flat());
}

function namesOf({ orientation, time }: Layout, { band, clients, servers }: BandGeometry, name: (typeof namings)[0]): TextMark[] {
  const [near, far] = band.pairs;
  const [server, farServer = server] = servers as [number, number?];
  const ends = [
    { client: near.client, s: clients[0] as number },
    { client: undefined, s: (server + farServer) / 2 },
    ...(far ? [{ client: far.client, s: clients[1] as number }] : []),
  ];
  return ends.map(({ client, s }, i) => {
    const text = name(client);
    if (orientation === 'across') return { at: { x: time.start - 8, y: s + 4 }, text, anchor: 'end', role: 'lane' };
    const anchor = i === 0 ? 'start' : i === ends.length - 1 ? 'end' : 'middle';
    const shift = anchor === 'start' ? -5 : anchor === 'end' ? 5 : 0;
    return { at: { x: s + shift, y: time.start - 9 }, text, anchor, role: 'lane' };
  });
}

/** Returns true if no two names overlap. When time runs across, each name has a row of its own. */
const areApart = (texts: readonly TextMark[]): boolean =>
  texts.every(
    (text, i) => i === 0 || text.at.y !== texts[i - 1]?.at.y || extentOf(text)[0] >= extentOf(texts[i - 1] as TextMark)[1] + 3,
  );

/** Returns the stretches of a lane in which the connection had begun and not ended for that end, cut to the view. */
function livesOf(layout: Layout, life: ConnectionLife, side: Lane['side'], s: number, { from, to, stoppedAt }: Lifetime): Line[] {
  const line = (began: number, ended: number): Line[] => {
    const [start, end] = [Math.max(began, from), Math.min(ended, to)];
    return start < end
      ? [[point(layout.orientation, along(layout, start), s), point(layout.orientation, along(layout, end), s)]]
      : [];
  };
  const end = life.stoppedAt ?? stoppedAt ?? to;
  // An HTTP client waits from asking to the end of the answer; bars beside the server's lane show what the server does meanwhile.
  if (life.exchanges.length > 0) {
    return side === 'server' ? [] : life.exchanges.flatMap(({ startedAt, endedAt }) => line(startedAt, endedAt ?? end));
  }
  const closedAt = life.closed[side]?.time;
  if (side === 'client') return line(life.startedAt ?? life.openedAt.client ?? from, closedAt ?? end);
  const { 'client-to-server': request, 'server-to-client': response } = life.handshake;
  // The server knows of a connection from its request on; if it refuses, only until it has said so.
  const began = life.openedAt.server ?? (request ? request.receivedAt : (life.startedAt ?? from));
  const refusedAt = response && isRefusal(response) ? response.sentAt : undefined;
  return began === undefined ? [] : line(began, closedAt ?? refusedAt ?? end);
}
