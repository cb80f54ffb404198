import type { Check } from '../../../protocol/messages/exercise.ts';
import { isRawClient } from '../../../protocol/trace/client-name.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { type Frame, isControl, Opcode } from '../../../protocol/wire/frame.ts';
import { receivingStart, stateAfter, violations } from '../../../protocol/wire/rules.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';
import { frameOf } from '../../../protocol/trace/payload.ts';

const long = 'A long message ends.';
const short = 'A short one.';

/** Both messages came back, and the ping was answered while the long one was still on its way to the server. */
const check: Check = (trace, flights) => {
  if (trace.connections.length === 0) return { passed: false, message: 'No connection was opened in this run.' };
  const raw = trace.connections.find(({ client }) => isRawClient(client));
  if (!raw) return { passed: false, message: 'No bytes went to /raw: the five frames have to go there.' };
  const sent = framesOf(flights, raw.id, 'client-to-server');
  const order = sent.map(nameOf).join(', ');
  if (sent.length === 0) return { passed: false, message: 'No whole frame came to the server.' };
  const broken = firstBroken(sent);
  if (broken) return { passed: false, message: `The server refused this order: ${order}. ${broken}` };
  const answers = framesOf(flights, raw.id, 'server-to-client');
  const texts = answers.filter(({ opcode }) => opcode === Opcode.text).map(textOf);
  const merged = texts.find((text) => text.includes(short) && text !== short);
  if (merged !== undefined) {
    const message = `The server took "${merged}" as one message. "${short}" is a message of its own: it begins with opcode 1, FIN = 1.`;
    return { passed: false, message };
  }
  const missing = [long, short].find((text) => !texts.includes(text));
  if (missing !== undefined)
    return { passed: false, message: `Sent: ${order}. "${missing}" was not sent whole, so it did not come back.` };
  const pong = answers.findIndex(({ opcode }) => opcode === Opcode.pong);
  if (pong < 0) return { passed: false, message: `Both messages came back. The ping was not sent: ${order}.` };
  const pinged = sent.findIndex(({ opcode }) => opcode === Opcode.ping);
  if (!isInside(sent, pinged)) {
    const message = `All five were taken, in the order ${order}. But the ping came only after the long message, or before it. Put it between its fragments.`;
    return { passed: false, message };
  }
  return {
    passed: true,
    message: `The order ${order} was taken: the pong came back before "${long}" was whole, and no other message came in between.`,
  };
};

function framesOf(flights: readonly Flight[], connection: string, direction: Direction): Frame[] {
  return flights
    .filter((flight) => flight.kind === 'frame' && flight.connection === connection && flight.direction === direction)
    .flatMap((flight) => frameOf(flight) ?? []);
}

const textOf = ({ payload }: Frame): string => new TextDecoder().decode(payload);

/** `text "A long " (FIN 0)`. */
const nameOf = (frame: Frame): string => {
  const names: Record<number, string> = { 0: 'continuation', 1: 'text', 2: 'binary', 8: 'close', 9: 'ping', 10: 'pong' };
  return `${names[frame.opcode] ?? 'unknown'} "${textOf(frame).trim()}"`;
};

function firstBroken(frames: readonly Frame[]): string | undefined {
  let state = receivingStart('client-to-server');
  for (const frame of frames) {
    const [broken] = violations(frame, state);
    if (broken) return `At ${nameOf(frame)} it closed with ${broken.closeCode}. ${broken.because}`;
    state = stateAfter(frame, state);
  }
  return undefined;
}

/** Whether the frame at `at` stands between two fragments of one message. */
function isInside(frames: readonly Frame[], at: number): boolean {
  const before = frames.slice(0, at).findLast(({ opcode }) => !isControl(opcode));
  return before !== undefined && !before.fin;
}

export default check;
