/** The picture of queues as an island: the recorded run at first, then the reader's own. */
import { queueSteps, type QueueStep } from '../../../protocol/queue.ts';
import './chart.css';
import { QueuePicture } from './QueuePicture.tsx';
import { useOwnRun } from './use-own-run.ts';

/** The line that the lesson draws: 256 KiB. */
const limit = 262_144;

export default function QueueIsland({ example, recorded }: { example: string; recorded: QueueStep[] }) {
  const own = useOwnRun(example);
  return (
    <>
      <QueuePicture steps={own ? queueSteps(own) : recorded} limit={limit} />
      <p class="picture-whose" role="status">
        {own ? 'Your last run.' : 'The recorded run.'}
      </p>
    </>
  );
}
