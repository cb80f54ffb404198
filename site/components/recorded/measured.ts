/** Figures for a lesson's prose, taken from its recorded trace, so that nobody types a lesson's numbers by hand. */
import type { Trace } from '../../../protocol/trace/trace.ts';
import { bytesOfFrames } from './figures/bytes-of-frames.ts';
import { type Place, type ReadFigure, Reading } from './figures/reading.ts';
import { timing } from './figures/timing.ts';
import { told } from './figures/told.ts';
import { traffic } from './figures/traffic.ts';

const figures = { ...traffic, ...timing, ...bytesOfFrames, ...told };

/** Picks a figure, and what it is about. The tables in `figures/` say what each figure is. */
export interface Figure extends Place {
  of: keyof typeof figures;
}

/** Returns the figure as text with its unit. Throws a RangeError if the trace does not hold it. */
export function measured(trace: Trace, { of, ...place }: Figure): string {
  const read: ReadFigure = figures[of];
  return read(new Reading(trace, of, place));
}
