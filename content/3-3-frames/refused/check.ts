import type { Check } from '../../../protocol/messages/exercise.ts';
import { isRawClient } from '../../../protocol/trace/client-name.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { type Frame, Opcode } from '../../../protocol/wire/frame.ts';
import { receivingStart, stateAfter, type Violation, violations } from '../../../protocol/wire/rules.ts';
import { frameOf } from '../../../protocol/trace/payload.ts';

/** What came of one connection that carried raw bytes. */
interface Attempt {
  /** The first rule that its frames break. */
  broken: Violation | undefined;
  /** The code of the server's Close frame. */
  code: number | undefined;
  /** The client sent a Close frame of its own. */
  closedItself: boolean;
  /** Whole frames that came from the client. */
  frames: number;
}

/** The server refused a frame with 1002 and one with 1007, each for a rule that the frame breaks. */
const check: Check = (trace, flights) => {
  if (trace.connections.length === 0) return { passed: false, message: 'No connection was opened in this run.' };
  const raw = trace.connections.filter(({ client }) => isRawClient(client));
  if (raw.length === 0) return { passed: false, message: 'No bytes went to /raw: a frame of your own making has to go there.' };
  const attempts = raw.map(({ id }) => attemptOf(flights.filter(({ connection }) => connection === id)));
  const refusal = (code: number): Attempt | undefined =>
    attempts.find(({ broken, code: closed }) => closed === code && broken?.closeCode === code);
  const [protocol, text] = [refusal(1002), refusal(1007)];
  if (protocol && text) {
    const words = [protocol, text].map(({ broken }) => `${broken?.because ?? ''} (section ${broken?.section ?? ''})`);
    return { passed: true, message: `Refused with 1002: ${words[0]} Refused with 1007: ${words[1]}` };
  }
  const missing = protocol ? '1007 is still missing' : text ? '1002 is still missing' : 'Neither 1002 nor 1007 came back';
  return { passed: false, message: `${missing}. ${attempts.map(seen).join(' ')} ${advice(attempts, !protocol)}` };
};

function attemptOf(flights: readonly Flight[]): Attempt {
  const frames = (direction: Flight['direction']): Frame[] =>
    flights
      .filter((flight) => flight.kind === 'frame' && flight.direction === direction)
      .flatMap((flight) => frameOf(flight) ?? []);
  const sent = frames('client-to-server');
  let state = receivingStart('client-to-server');
  let broken: Violation | undefined;
  for (const frame of sent) {
    broken ??= violations(frame, state)[0];
    state = stateAfter(frame, state);
  }
  const [high, low] = frames('server-to-client').find(({ opcode }) => opcode === Opcode.close)?.payload ?? [];
  const code = high === undefined || low === undefined ? undefined : high * 256 + low;
  return { broken, code, closedItself: sent.some(({ opcode }) => opcode === Opcode.close), frames: sent.length };
}

function seen({ broken, code, closedItself, frames }: Attempt, i: number): string {
  const which = `Number ${i + 1}`;
  if (frames === 0) return `${which} is not a whole frame: the server waits for the rest.`;
  if (broken) return `${which} was refused with ${code ?? 'no code'}: ${broken.because}`;
  if (closedItself) return `${which} was answered with ${code ?? 'no code'}, but your own Close frame said it first.`;
  return `${which} breaks no rule, and was echoed.`;
}

function advice(attempts: readonly Attempt[], wants1002: boolean): string {
  if (attempts.some(({ frames }) => frames === 0)) return 'The length has to be that of the payload.';
  if (attempts.some(({ closedItself }) => closedItself)) return 'The server has to find the fault by itself.';
  if (wants1002) return 'For 1002 the header has to break a rule: look at the RSV bits, the opcode, MASK.';
  const isHeader = attempts.every(({ code }) => code !== 1007) && attempts.filter(({ broken }) => broken).length > 1;
  return isHeader
    ? 'Both faults are in the header, so the server had closed before it read any text: for 1007 the header has to be right.'
    : 'For 1007 the header has to be right, and the text must not be UTF-8: is there a byte that stands nowhere in it?';
}

export default check;
