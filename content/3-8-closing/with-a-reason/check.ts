import { closeCodeMeaning } from '../../../protocol/wire/close-code.ts';
import { type Check, type CheckResult, judgeEach } from '../../../protocol/messages/exercise.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { Opcode } from '../../../protocol/wire/frame.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { payloadOf } from '../../../protocol/trace/payload.ts';

const wanted = 4001;
/** The server closes by itself after so many ticks. */
const ticks = 5;

/** A connection on which the client closed first, with 4001 and a reason, and was told that code when it ended cleanly. */
const check: Check = (trace, flights) =>
  judgeEach(trace, (id) =>
    judge(
      trace,
      id,
      flights.filter(
        ({ connection, captured, kind }) => connection === id && kind === 'frame' && captured?.opcode === Opcode.close,
      ),
    ),
  );

function judge(trace: Trace, id: string, closes: readonly Flight[]): CheckResult {
  const fail = (message: string): CheckResult => ({ passed: false, message });
  const end = trace.events.find(
    (event) => event.name === 'connection_closed' && event.at === 'client' && event.connection === id,
  );
  const called = trace.events.find((event) => event.name === 'close_called' && event.connection === id);
  const ours = closes.find(({ direction }) => direction === 'client-to-server');
  if (end?.name !== 'connection_closed') return fail('The connection is still open. Call close() on it, with 4001 and a reason.');
  if (!ours) return fail(`The client sent no Close frame: the connection ended with ${end.code}, which was made up at this end.`);
  if (!called)
    return fail(
      `The server closed first, with ${end.code} "${end.reason}", and your browser answered. Call close() before that. (Where you did, look at the console: it throws for a code or a reason that it may not send.)`,
    );
  const { code, reason } = bodyOf(ours);
  if (code === undefined)
    return fail(
      'Your Close frame had an empty body, so both ends were told 1005: no code was received. Give close() a code and a reason.',
    );
  if (code !== wanted)
    return fail(
      `Your Close frame carried ${code}, ${closeCodeMeaning(code).name}. This exercise agrees on ${wanted}, a code for private use.`,
    );
  if (reason === '') return fail(`Your Close frame carried ${wanted}, and no reason. close() takes it as its second argument.`);
  const heard = trace.events.filter(
    ({ name, connection, time }) => name === 'message_received' && connection === id && time <= called.time,
  ).length;
  const isLate = end.code !== wanted && end.wasClean && heard < ticks - 1;
  if ((end.code !== wanted || !end.wasClean) && !isLate)
    return fail(
      `Your Close frame carried ${wanted}, but your own end was told ${end.code} "${end.reason}": the server's Close was under way already. Close earlier.`,
    );
  const bytes = new TextEncoder().encode(reason).length;
  return {
    passed: true,
    message: isLate
      ? `${wanted} "${reason}" went over in a Close frame, ${bytes} of 123 bytes of reason, after ${heard} ticks. This machine was late with it: the server's own Close, with ${end.code}, was under way by then.`
      : `${wanted} "${reason}" went over in a Close frame, ${bytes} of 123 bytes of reason, and the server answered with ${end.code}.`,
  };
}

/** Code and reason in the body of a Close frame (RFC 6455 §5.5.1). */
function bodyOf(flight: Flight): { code: number | undefined; reason: string } {
  const payload = payloadOf(flight);
  const [high, low] = payload;
  const code = high === undefined || low === undefined ? undefined : high * 256 + low;
  return { code, reason: new TextDecoder().decode(payload.subarray(2)) };
}

export default check;
