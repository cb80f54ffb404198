/** The recorded traces of all examples. For the build alone: a page gets what it shows of one. */
import type { Trace } from '../../../protocol/trace/trace.ts';

const files = import.meta.glob<Trace>('../../../content/**/trace.json', { import: 'default', eager: true });
const nameOf = (path: string): string => path.slice('../../../content/'.length, -'/trace.json'.length);

/** Traces by the example's folder below `content/`, such as `1-4-full-duplex/crossing`. */
export const recordedTraces: Readonly<Record<string, Trace>> = Object.fromEntries(
  Object.entries(files).map(([path, trace]) => [nameOf(path), trace]),
);
