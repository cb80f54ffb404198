/** Reads what `ws /crowd` reported on a connection from the frames of a trace. */
import { isData } from '../../../protocol/trace/flight.ts';
import { flightsOf } from '../../../protocol/trace/flight-index.ts';
import type { CrowdReport } from '../../../protocol/messages/crowd-report.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { textOf } from '../../../protocol/trace/payload.ts';

/** Returns the reports that the server sent on a connection, in order. */
export function crowdReports(trace: Trace, connection: string): CrowdReport[] {
  return flightsOf(trace).flatMap((flight) => {
    if (flight.connection !== connection || flight.direction !== 'server-to-client' || !isData(flight)) return [];
    const report = reportFrom(textOf(flight));
    return report ? [report] : [];
  });
}

function reportFrom(text: string): CrowdReport | undefined {
  try {
    const json = JSON.parse(text) as Partial<CrowdReport> | null;
    return typeof json?.time === 'number' && typeof json.connected === 'number' ? (json as CrowdReport) : undefined;
  } catch {
    return undefined;
  }
}

/** Says in words what became of the whole crowd; undefined if nothing was reported. */
export function crowdWords(reports: readonly CrowdReport[]): string | undefined {
  const last = reports.at(-1);
  if (!last) return undefined;
  const { time, connected, attempts, gaveUp = 0 } = last;
  const made = attempts ?? reports.reduce((sum, report) => sum + attemptsOf(report), 0);
  const most = Math.max(...reports.map(attemptsOf));
  const tried = `at most ${most} at once, ${made} ${made === 1 ? 'attempt' : 'attempts'}`;
  const after = `after ${(time / 1000).toFixed(1)} s`;
  // The run was stopped, or the connection closed, before the crowd was done.
  if (attempts === undefined) return `${tried}, ${connected} back ${after}, and then nothing more was reported`;
  return gaveUp === 0 ? `${tried}, all back ${after}` : `${tried}, ${connected} back ${after}, ${gaveUp} gave up`;
}

/** Counts all attempts in a report, whatever became of them. */
export const attemptsOf = ({ down, refused, open }: CrowdReport): number => down + refused + open;
