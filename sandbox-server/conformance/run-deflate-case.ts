/** Runs a case of compression: sends one message after another, each when the one before has come back. */
import { encodeFrame, type Frame, Opcode } from '../../protocol/wire/frame.ts';
import { close, type DeflateCase, key, pong } from './case.ts';
import { Deflater, Inflater, parametersIn, wrongAnswer } from './deflate.ts';
import { handshakeRequest, type RawClient } from './raw-client.ts';
import { messageAt } from './test-data.ts';

/**
 * Returns how many messages a case sends: fewer if they are long, because every `npm test` runs all cases.
 * `CONFORMANCE_MESSAGES` sets another number for all cases; Autobahn's cases send 1000.
 */
export const messagesIn = (length: number): number =>
  Number(process.env['CONFORMANCE_MESSAGES'] ?? Math.min(40, Math.max(2, Math.round(65_536 / length))));

/** Judges a case on a connected client. Returns a sentence if the server did not do what it must. `echo` has a query. */
export async function judgeDeflate(
  client: RawClient,
  one: DeflateCase,
  echo: string,
  patience: number,
): Promise<string | undefined> {
  await client.send([Buffer.from(handshakeRequest(echo, { 'Sec-WebSocket-Extensions': one.offers }))], 'whole');
  await client.until(() => client.head !== undefined, patience);
  if (client.status !== 101) return `the handshake was answered with ${client.status}`;
  const [agreed, more] = parametersIn(client.field('sec-websocket-extensions') ?? '');
  if (!agreed || more) return `the server agreed to ${agreed ? 'several offers' : 'no compression'}`;
  const wrong = parametersIn(one.offers).map((offer) => wrongAnswer(offer, agreed));
  if (!wrong.includes(undefined)) return wrong[0];

  const [deflater, inflater] = [new Deflater(agreed), new Inflater(agreed)];
  const opcode = one.data.kind === 'text' ? Opcode.text : Opcode.binary;
  for (let i = 0, at = 0; i < messagesIn(one.length); i++) {
    const { payload, next } = messageAt(one.data, at, one.length);
    at = next;
    await client.send(framesOf(opcode, deflater.deflate(payload), one.fragment), 'whole');
    const frame = await nextData(client, patience);
    if (frame === 'none') return `message ${i + 1} did not come back`;
    const difference = differenceTo(payload, opcode, frame, inflater);
    if (difference) return `message ${i + 1}: ${difference}`;
  }
  await client.send([close(1000)], 'whole');
  if (!(await client.until(() => client.ended, patience))) return 'the server did not end the connection';
  const [last, behind] = client.frames;
  if (last?.opcode !== Opcode.close || behind) return 'the connection did not end with one Close';
  return Buffer.from(last.payload).readUInt16BE() === 1000 ? undefined : 'the Close had another code than 1000';
}

/**
 * Returns the next frame that is no ping; undefined if the connection ended, 'none' if no frame came in time. Answers pings: on a
 * busy machine a message may take so long that the server sends one.
 */
async function nextData(client: RawClient, patience: number): Promise<Frame | undefined | 'none'> {
  for (;;) {
    if (!(await client.until(() => client.frames.length > 0, patience))) return 'none';
    const frame = client.frames.shift();
    if (frame?.opcode !== Opcode.ping) return frame;
    await client.send([pong(frame.payload)], 'whole');
  }
}

/** Returns the frames of a message that was compressed as a whole. Only the first has RSV1 (RFC 7692 §6.1). */
function framesOf(opcode: number, payload: Buffer, fragment: number): Uint8Array[] {
  const size = fragment === 0 ? payload.length : fragment;
  return Array.from({ length: Math.max(1, Math.ceil(payload.length / size)) }, (_, i) =>
    encodeFrame({
      maskingKey: key,
      opcode: i === 0 ? opcode : Opcode.continuation,
      rsv1: i === 0,
      fin: (i + 1) * size >= payload.length,
      payload: payload.subarray(i * size, (i + 1) * size),
    }),
  );
}

function differenceTo(payload: Buffer, opcode: number, frame: Frame | undefined, inflater: Inflater): string | undefined {
  if (!frame) return 'the connection ended';
  if (frame.opcode !== opcode) return `a frame with opcode ${frame.opcode} came, not ${opcode}`;
  if (!frame.fin || frame.rsv2 || frame.rsv3 || frame.maskingKey)
    return 'its frame was masked, a fragment or had RSV2 or RSV3 set';
  if (!frame.rsv1)
    return Buffer.compare(frame.payload, payload) === 0 ? undefined : 'it came back with other bytes, not compressed';
  try {
    return inflater.inflate(frame.payload).equals(payload) ? undefined : 'it came back with other bytes';
  } catch (error) {
    return `it cannot be decompressed: ${(error as Error).message}`;
  }
}
