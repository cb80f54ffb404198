import type { Check } from '../../../protocol/messages/exercise.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { mask, Opcode } from '../../../protocol/wire/frame.ts';
import { acceptFor, fieldValue, parseHttpHead } from '../../../protocol/wire/handshake.ts';
import { fromHex } from '../../../protocol/trace/trace.ts';

/** The first text that the client sent must be the accept value of the key that its own browser sent in the live handshake. */
const check: Check = (trace, flights) => {
  const id = trace.connections[0]?.id;
  const own = flights.filter(({ connection }) => connection === id);
  const request = own.find(({ kind, direction }) => kind === 'handshake' && direction === 'client-to-server');
  const key = request && fieldValue(parseHttpHead(asText(fromHex(request.captured?.bytes ?? ''))), 'Sec-WebSocket-Key');
  if (key === undefined) return { passed: false, message: 'No handshake was captured in this run.' };
  const sent = own.find(
    ({ direction, captured }) => direction === 'client-to-server' && captured?.opcode === Opcode.text && captured.masked,
  );
  if (!sent) return { passed: false, message: `Your key was ${key}. Your program sent no text message with its answer.` };
  const answer = payloadText(sent);
  const right = acceptFor(key);
  if (answer === right)
    return { passed: true, message: `Right: for the key ${key} the server answered ${right}, and so did you.` };
  return { passed: false, message: `For the key ${key} your program sent "${answer}". ${hint(answer, key)}` };
};

const asText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function payloadText({ captured }: Flight): string {
  const bytes = fromHex(captured?.bytes ?? '');
  const payload = bytes.length - (captured?.length ?? 0);
  return asText(mask(bytes.subarray(payload), bytes.subarray(payload - 4, payload)));
}

function hint(answer: string, key: string): string {
  if (answer === key) return 'That is the key itself: put the GUID behind it, take SHA-1, then base64.';
  if (answer.length === 40 && /^[0-9a-f]+$/i.test(answer))
    return 'That looks like hexadecimal: the RFC asks for base64 of the 20 bytes.';
  if (answer.length === 28)
    return 'That has the right length: look at what goes into SHA-1. The GUID stands behind the key, with nothing between.';
  return 'It takes base64 of the 20 bytes of SHA-1, which are 28 characters.';
}

export default check;
