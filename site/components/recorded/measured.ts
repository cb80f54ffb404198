/** Figures for the prose of a lesson, taken out of its recorded trace, so that no number in a lesson is typed by hand. */
import type { Trace } from '../../../protocol/trace/trace.ts';
import { bytesOfFrames } from './figures/bytes-of-frames.ts';
import { type Place, type ReadFigure, Reading } from './figures/reading.ts';
import { timing } from './figures/timing.ts';
import { told } from './figures/told.ts';
import { traffic } from './figures/traffic.ts';

const figures = { ...traffic, ...timing, ...bytesOfFrames, ...told };

/** Which figure, and of what. The tables in `figures/` say what each is. */
export interface Figure extends Place {
  of: keyof typeof figures;
}

/** The figure as text with its unit. Throws a RangeError where the trace does not hold it. */
export function measured(trace: Trace, { of, ...place }: Figure): string {
  const read: ReadFigure = figures[of];
  return read(new Reading(trace, of, place));
}
