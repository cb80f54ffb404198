/** Figures of one frame, or of one half of the handshake: its bits, bytes and text. */
import { type Frame, Opcode, opcodeName } from '../../../../protocol/wire/frame.ts';
import { fieldValue, parseHttpHead } from '../../../../protocol/wire/handshake.ts';
import { fromHex, toHex } from '../../../../protocol/trace/trace.ts';
import { readUtf8, utf8Start } from '../../../../protocol/wire/utf8.ts';
import { textOf } from '../../../inspector/frame/characters.ts';
import { formatCount } from '../../../../protocol/words/count.ts';
import type { ReadFigure } from './reading.ts';

/** Each figure is about the data frame `frame` in `direction`, unless it says otherwise. */
export const bytesOfFrames = {
  /** Bytes on the wire. */
  'frame bytes': ({ captured }) => formatCount(captured.bytes.length / 2),
  /** Bytes of its payload. */
  'payload bytes': ({ flight }) => formatCount(flight.length),
  /** Bytes on the wire, less its payload. */
  'header bytes': ({ captured }) => String(captured.bytes.length / 2 - captured.length),
  /** Its FIN bit. */
  FIN: ({ captured }) => (captured.fin ? '1' : '0'),
  /** Its text, with … where the frame's edge cuts a character. */
  'frame text': (reading) => {
    const frames = reading.data.map((flight) => reading.frameOf(flight));
    return frameText(frames.slice(0, reading.index), reading.known(frames[reading.index]));
  },
  /** Its opcode, such as "0x1 (text)". */
  opcode: ({ captured: { opcode } }) => `0x${opcode.toString(16)} (${opcodeName(opcode)})`,
  /** Its masking key, as hexadecimal bytes. */
  'masking key': (reading) => spaced(reading.known(reading.frameOf(reading.flight).maskingKey)),
  /** Its payload as on the wire, still masked, as hexadecimal bytes. */
  'wire payload': (reading) => {
    const { bytes, headerLength } = reading.frameOf(reading.flight);
    return spaced(bytes.subarray(headerLength));
  },
  /** The payload of the Close frame in `direction`, unmasked, as hexadecimal bytes, or "none". */
  'close payload': ({ closePayload }) => spaced(closePayload) || 'none',
  /** The code that the Close frame in `direction` carries, or "empty". */
  'close sent': ({ closePayload: [high, low] }) => (high === undefined || low === undefined ? 'empty' : String(high * 256 + low)),
  /** Bytes of the handshake's message in `direction`. */
  'handshake bytes': ({ handshake }) => String(handshake.length),
  /** The value of the handshake's header field `name` in `direction`. */
  field: (reading) => {
    const text = new TextDecoder().decode(fromHex(reading.known(reading.handshake.captured).bytes));
    return reading.known(fieldValue(parseHttpHead(text), reading.name));
  },
} satisfies Record<string, ReadFigure>;

/** Returns a frame's text, reading on from the frames before it. */
function frameText(before: readonly Frame[], frame: Frame): string {
  let state = utf8Start;
  for (const { payload, opcode } of before) {
    const read = readUtf8(payload, opcode === Opcode.continuation ? state : utf8Start);
    state = 'end' in read ? read.end : utf8Start;
  }
  const { text, begins, ends } = textOf(frame.payload, frame.opcode === Opcode.continuation ? state : utf8Start);
  return `${begins ? '…' : ''}${text}${ends ? '…' : ''}`;
}

/** Formats bytes as `37 fa 21 3d`. */
const spaced = (bytes: Uint8Array): string => toHex(bytes).replace(/..(?=.)/g, '$& ');
