import type { Check } from '../../../protocol/messages/exercise.ts';
import { isData } from '../../../protocol/trace/flight.ts';
import { type Frame, FrameParser, mask } from '../../../protocol/wire/frame.ts';
import { fromHex } from '../../../protocol/trace/trace.ts';
import { textOf } from '../../../protocol/trace/payload.ts';

/** The frames of the exercise, as its program has them. */
const captured = [
  '81 87 a1 5c 0e 93 ec 3d 7d f8 c8 32 69',
  '81 85 2f d8 61 7a 47 b1 05 1f 5c',
  '81 87 c4 17 b9 38 aa 78 cd 50 ad 79 de',
].map((hex) => new FrameParser().push(fromHex(hex))[0] as Frame);

const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const words = captured.map(({ payload }) => decoded(payload));

/** The unmasked words of the captured frames were sent as text messages, in their order. */
const check: Check = (trace, flights) => {
  if (trace.connections.length === 0) return { passed: false, message: 'No connection was opened in this run.' };
  const sent = flights
    .filter((flight) => isData(flight) && flight.direction === 'client-to-server' && flight.messageKind === 'text')
    .map(textOf);
  if (sent.length === 0)
    return { passed: false, message: 'Your program sent no text message. Send each word as text, with send(string).' };
  if (words.every((word, i) => sent[i] === word))
    return { passed: true, message: `"${words.join(' ')}": that is what the three frames held, each under a key of its own.` };
  const right = words.filter((word) => sent.includes(word)).length;
  const wrong = words.findIndex((word, i) => sent[i] !== word);
  const said = sent[wrong] === undefined ? 'was not sent' : `came out as "${sent[wrong]}"`;
  return { passed: false, message: `${right} of 3 words are right; number ${wrong + 1} ${said}. ${hint(sent[wrong], wrong)}` };
};

function hint(text: string | undefined, at: number): string {
  const { bytes, maskingKey = new Uint8Array(4), payload } = captured[at] as Frame;
  if (text === undefined) return 'Send one message for each frame, in their order.';
  if (words.includes(text)) return 'That word belongs to another frame: keep their order.';
  if (text === decoded(bytes.subarray(6)))
    return 'That is the payload as it was on the wire: XOR it with the key first, byte by byte.';
  if (text === decoded(payload.subarray(0, 4)))
    return 'The key has 4 bytes and the word has more: after the fourth byte, the key begins again.';
  if (text.startsWith(decoded(payload.subarray(0, 4))))
    return 'The first four bytes are right; after them the key begins again, at index i % 4.';
  if (captured.some(({ maskingKey: other }) => other && text === decoded(mask(bytes.subarray(6), other))))
    return 'That is the payload under the key of another frame: every frame has its own.';
  if (text.endsWith(decoded(payload)) || decoded(mask(bytes, maskingKey)) === text)
    return 'Header and key are no part of the text: it begins at byte 6.';
  return 'The key is bytes 2 to 5 of the frame, the payload begins at byte 6, and byte i of it is XORed with byte i % 4 of the key.';
}

export default check;
