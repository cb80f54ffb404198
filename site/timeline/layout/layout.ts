/**
 * The space-time diagram as marks: time along one axis, the two ends of each connection as lanes across it, each frame
 * a straight line from the moment it began to move on one lane to the moment it was received on the other.
 * Pure: it takes everything from the conversation, measures nothing on a page, and paints nothing.
 */
import { addBand, depthsOf } from './band-marks.ts';
import type { Band, LanePair } from '../conversation/lane-pairs.ts';
import { captionsOf } from './captions.ts';
import { addClockMark } from './clock-marks.ts';
import type { ConnectionLife, Conversation } from '../conversation/conversation.ts';
import { DrawnFlights } from '../conversation/drawn-flights.ts';
import { visibleFlights } from '../conversation/visible-flights.ts';
import { fit } from './labels.ts';
import { addLaneNames } from './lanes.ts';
import { along, point } from './marks.ts';
import type { Layout, View } from './marks.ts';
import { laneGeometryOf } from './lane-geometry.ts';
import type { BandGeometry } from './lane-geometry.ts';
import { ticks } from '../words/ticks.ts';

/** Lays out the part of a conversation that lies in `view`. */
export function layoutTimeline(conversation: Conversation, view: View): Layout {
  const { width, height, orientation } = view;
  const { bands } = conversation;
  const captions = captionsOfBands(bands, view);
  const pairs = Math.max(view.pairs ?? 1, conversation.pairs.length);
  const plan = laneGeometryOf(bands, captions.some(Boolean), { width, height, orientation, pairs }, (pair) =>
    depthsOf(conversation, pair, orientation === 'across'),
  );
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
    bars: [],
    queues: [],
    breaks: [],
    messages: [],
    texts: [],
    leftOut: 0,
    unplaced: countUnplaced(bands, conversation.connections),
  };
  addRuler(layout);
  addLaneNames(layout, plan.bands);
  const groups = plan.bands.flatMap(({ band }) => band.pairs.map(({ connections }) => connections));
  const perMs = along(layout, 1) - along(layout, 0);
  const drawn = conversation.drawn(view.from, view.to, groups, { visibleFlights, DrawnFlights, perMs, keep: view.keep });
  for (const [i, bandPlan] of plan.bands.entries()) {
    addBand(layout, bandPlan, drawn.splice(0, bandPlan.band.pairs.length), view, conversation);
    if (captions[i]) addCaption(layout, bandPlan, captions[i]);
  }
  addClockMark(layout, plan.bands, conversation.uncertaintyMs);
  return layout;
}

/** Returns how many connections have no place in these bands. */
function countUnplaced(bands: readonly Band[], connections: readonly ConnectionLife[]): number {
  return bands.reduce((left, { pairs }) => pairs.reduce((sum, pair) => sum - pair.connections.length, left), connections.length);
}

/** Returns the caption over each band; empty if there is only one band, or if its lanes already say it. */
function captionsOfBands(bands: readonly Band[], { names }: View): string[] {
  const first = bands.map(({ pairs }) => pairs[0]);
  if (bands.length < 2) return first.map(() => '');
  return captionsOf(first, names).map((caption, i) => (caption === `client ${(first[i] as LanePair).client}` ? '' : caption));
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

function addCaption({ orientation, time, texts }: Layout, { from, to }: BandGeometry, caption: string): void {
  const across = orientation === 'across';
  const at = across ? { x: 4, y: from + 11 } : { x: from + 2, y: 12 };
  texts.push({ at, text: fit(caption, across ? time.end - 8 : to - from - 8, 'sans'), anchor: 'start', role: 'caption' });
}
