/** An island with a picture of the crowd on each connection: of the recorded run at first, then of the reader's own. */
import type { Trace } from '../../../protocol/trace/trace.ts';
import './chart.css';
import type { CrowdReport } from '../../../protocol/messages/crowd-report.ts';
import { attemptsOf, crowdReports } from './crowd-reports.ts';
import { CrowdPicture } from './CrowdPicture.tsx';
import { useOwnRun } from './use-own-run.ts';

interface Props {
  example: string;
  /** Names of the crowds, in the order in which their connections start. */
  names: readonly string[];
  recorded: CrowdReport[][];
}

export const crowdsOf = (trace: Trace): CrowdReport[][] => trace.connections.map(({ id }) => crowdReports(trace, id));

export default function CrowdIsland({ example, names, recorded }: Props) {
  const own = useOwnRun(example);
  const crowds = own ? crowdsOf(own) : recorded;
  const all = crowds.flat();
  const most = {
    x: Math.max(1000, ...all.map(({ time }) => time + 100)),
    y: Math.max(10, ...all.map(attemptsOf)),
  };
  return (
    <>
      {crowds.map((reports, i) => (
        <CrowdPicture key={i} name={names[i] ?? `Crowd ${i + 1}`} reports={reports} most={most} />
      ))}
      <p class="picture-whose" role="status">
        {own ? 'Your last finished run.' : 'The recorded run.'}
      </p>
    </>
  );
}
