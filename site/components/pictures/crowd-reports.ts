/** What `ws /crowd` reported on a connection, out of the frames of a trace. */
import { flightsOf, isData } from '../../../protocol/flight.ts';
import { FrameParser } from '../../../protocol/frame.ts';
import { fromHex, type Trace } from '../../../protocol/trace.ts';

/** Attempts to connect in a tenth of a second, by what became of them; ms since the restart. */
export interface CrowdReport {
  time: number;
  down: number;
  refused: number;
  open: number;
  connected: number;
  attempts?: number;
}

/** The reports that the server sent on a connection, in their order. */
export function crowdReports(trace: Trace, connection: string): CrowdReport[] {
  return flightsOf(trace).flatMap((flight) => {
    if (flight.connection !== connection || flight.direction !== 'server-to-client' || !isData(flight)) return [];
    const payload = new FrameParser().push(fromHex(flight.captured?.bytes ?? ''))[0]?.payload;
    const report = payload && reportFrom(new TextDecoder().decode(payload));
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

/** All attempts of a report, whatever became of them. */
export const attemptsOf = ({ down, refused, open }: CrowdReport): number => down + refused + open;
