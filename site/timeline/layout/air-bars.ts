/** Draws a half-duplex channel's air and floor as bars behind the server's lane. */
import type { AirSpan } from '../conversation/half-duplex-air.ts';
import { type BarPlace, barRect } from './bars.ts';
import type { BarMark, Layout } from './marks.ts';

/** Returns the number of rows: one for the air, one for the floor if the channel has one; none if the air is not shared. */
export const airRows = (spans: readonly AirSpan[] | undefined): number =>
  spans ? (spans.some(({ look }) => look === 'floor') ? 2 : 1) : 0;

const wordingsOf = ({ look, text }: AirSpan): string[] => {
  if (look === 'floor') return ['holds the floor', 'floor', ''];
  if (look === 'air') return [`“${text}” on the air`, `“${text}”`];
  return [`“${text}” lost in a collision`, 'lost: collision', 'collision', 'lost', ''];
};

export function airBars(layout: Layout, spans: readonly AirSpan[], place: Omit<BarPlace, 'rows'>): BarMark[] {
  const rows = airRows(spans);
  return spans.flatMap((span) => {
    const { look, from, to = Infinity } = span;
    const rect = barRect(layout, { ...place, rows }, look === 'floor' ? 1 : 0, from, to);
    return rect ? [{ look, rect, wordings: wordingsOf(span) }] : [];
  });
}
