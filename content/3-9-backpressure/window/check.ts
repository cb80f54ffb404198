import { type Check, type CheckResult, judgeEach } from '../../../protocol/messages/exercise.ts';
import { type Flight, isData } from '../../../protocol/trace/flight.ts';
import { mostQueued, queued, queueSteps } from '../../../protocol/measures/upload-queue.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { inSeconds, wholeMs } from '../../../protocol/words/duration.ts';

/** Bytes to bring over, the most that may be on their way at a moment, and how long it may take, ms: the link needs 5 s, and a busy machine some more. */
const wanted = { bytes: 5_000_000, queue: 262_144, time: 10_000 };

/** On one connection 5 MB arrived within 10 s, and at no moment more than 256 KiB had been sent and had not arrived. */
const check: Check = (trace, flights) =>
  judgeEach(trace, (id) =>
    judge(
      trace,
      id,
      flights.filter((flight) => isData(flight) && flight.direction === 'client-to-server' && flight.connection === id),
    ),
  );

function judge(trace: Trace, id: string, sent: readonly Flight[]): CheckResult {
  const fail = (message: string): CheckResult => ({ passed: false, message });
  if (trace.events.some(({ name }) => name === 'events_omitted'))
    return fail('The tap left out events of this run, so the queue cannot be measured. Run again, with less at once.');
  const first = sent[0];
  if (!first) return fail('The client sent no message. 5 MB are to go to /sink.');
  const arrived = sent.filter(({ receivedAt }) => receivedAt !== undefined);
  const bytes = arrived.reduce((sum, { length }) => sum + length, 0);
  const end = trace.events.find((event) => event.name === 'connection_closed' && event.connection === id);
  if (end?.name === 'connection_closed' && (end.code === 1008 || end.code === 1009))
    return fail(
      `${megabytes(bytes)} arrived, and then the sandbox closed with ${end.code}: "${end.reason}" Chunks of 60,000 bytes are within its limits.`,
    );
  const steps = queueSteps(trace, id);
  const most = mostQueued(steps);
  if (most > wanted.queue) {
    const worst = steps.find((step) => queued(step) === most) ?? { time: 0, before: 0, waiting: 0, onLink: 0 };
    return fail(
      `At ${wholeMs(worst.time)}, ${megabytes(most)} were on their way: ${megabytes(worst.before)} in the browser and the system below it, ${megabytes(worst.waiting)} at the sandbox waiting for the link, ${megabytes(worst.onLink)} on it. It takes at most ${megabytes(wanted.queue)} (256 KiB) in all. bufferedAmount sees a part of the first of these alone.`,
    );
  }
  if (bytes < wanted.bytes)
    return fail(
      `The queue stayed at ${megabytes(most)} or below, but ${megabytes(bytes)} arrived, and it takes ${megabytes(wanted.bytes)}.`,
    );
  const took = Math.max(...arrived.map(({ receivedAt }) => receivedAt ?? 0)) - first.sentAt;
  if (took > wanted.time)
    return fail(
      `Never more than ${megabytes(most)} were on their way, and all ${megabytes(bytes)} arrived, but that took ${inSeconds(took)}; the link can do it in 5 s, and 10 s will do. Let more be on the way at once.`,
    );
  return {
    passed: true,
    message: `${megabytes(bytes)} arrived in ${inSeconds(took)}, and never more than ${megabytes(most)} were on their way.`,
  };
}

/** Returns bytes in words: below 1 MB always in kB, even `0 kB`, so that the parts of a sum are in one unit. */
const megabytes = (bytes: number): string => (bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.round(bytes / 1e3)} kB`);

export default check;
