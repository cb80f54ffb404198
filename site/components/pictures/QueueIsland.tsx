/** An island with the picture of the queues: of the recorded run at first, then of the reader's own. */
import { queueSteps, type QueueStep } from '../../../protocol/measures/upload-queue.ts';
import './chart.css';
import { QueuePicture } from './QueuePicture.tsx';
import { thinned } from './thinned.ts';
import { useOwnRun } from './use-own-run.ts';

/** The line that the lesson draws: 256 KiB. */
const limit = 262_144;

export default function QueueIsland({ example, recorded }: { example: string; recorded: QueueStep[] | undefined }) {
  const own = useOwnRun(example);
  const steps = own ? thinned(queueSteps(own), 240) : (recorded ?? []);
  return (
    <>
      <QueuePicture steps={steps} limit={limit} />
      <p class="picture-whose" role="status">
        {own
          ? 'Your last finished run.'
          : recorded
            ? 'The recorded run.'
            : 'Press Run: your run is drawn here when it has finished.'}
      </p>
    </>
  );
}
