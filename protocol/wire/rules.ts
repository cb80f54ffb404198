/**
 * The rules of RFC 6455 for one frame, as its receiver sees it: who sent it and what came before. The parser judges nothing; this
 * file does. For each broken rule it gives the section, the wording, and the code to close with.
 */
import { closeCodeMeaning } from './close-code.ts';
import { extendedLengthBytes, type Frame, isControl, Opcode, parseHeader, shortestHeaderLength } from './frame.ts';
import type { Direction } from './direction.ts';
import { readUtf8, type Utf8State, utf8Start } from './utf8.ts';

/** A rule that a frame breaks. */
export interface Violation {
  /** Such as `5.1`. */
  section: string;
  /** 6455 by default. */
  rfc?: number;
  /** The rule in the standard's own words, or as close to them as a sentence allows. */
  rule: string;
  /** What in this frame breaks it. */
  because: string;
  /** The code with which the receiver fails the connection (RFC 6455 §7.1.7, §7.4.1). */
  closeCode: 1002 | 1007;
}

/** What a receiver knows about one direction of a connection before a frame comes. */
export interface ReceivingState {
  direction: Direction;
  /** The RSV bits to which a negotiated extension gives a meaning: 4 (RSV1) for permessage-deflate (RFC 7692 §6). */
  rsvAllowed: number;
  /** The unfinished message, if any: some of its frames have not come yet. */
  message:
    | {
        opcode: number;
        compressed: boolean;
        /** For text: the reader's state. Undefined if earlier bytes are unknown or compressed. */
        utf8: Utf8State | undefined;
      }
    | undefined;
  /** True once a Close frame has come. */
  closed: boolean;
}

/** Returns the state of a direction in which nothing has been sent yet. */
export function receivingStart(direction: Direction, rsvAllowed = 0): ReceivingState {
  return { direction, rsvAllowed, message: undefined, closed: false };
}

/** The part of a frame's header that has come: its first two bytes, and perhaps all of its length. */
interface Header {
  fin: boolean;
  /** RSV1 is worth 4. */
  rsv: number;
  opcode: number;
  isMasked: boolean;
  /** Bytes of extended length: 0, 2 or 8. */
  extended: number;
  /** Undefined until all of it has come. */
  length: number | undefined;
  /** The first bit of a 64-bit length. */
  isNegative: boolean;
}

/** Returns the header in a frame's first bytes; undefined if there are fewer than two. */
function headerIn(bytes: Uint8Array): Header | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  const extended = extendedLengthBytes(second);
  // Pad with zeros: missing bytes, such as a masking key after a known length, do not count.
  const filled = new Uint8Array(14);
  filled.set(bytes.subarray(0, filled.length));
  return {
    fin: (first & 0x80) !== 0,
    rsv: (first >> 4) & 7,
    opcode: first & 0x0f,
    isMasked: (second & 0x80) !== 0,
    extended,
    length: bytes.length < 2 + extended ? undefined : parseHeader(filled)?.length,
    isNegative: extended === 8 && ((bytes[2] as number) & 0x80) !== 0,
  };
}

const known = new Set<number>(Object.values(Opcode));
const isWhole = ({ payload, length }: Frame): boolean => payload.length === length;

/**
 * Returns every rule that the frame breaks, in the order in which a receiver meets them. A partial payload is judged as far as it
 * goes.
 */
export function violations(frame: Frame, state: ReceivingState): Violation[] {
  const { broken, add } = collected();
  judgeHeader(headerIn(frame.bytes) as Header, state, add);
  if (frame.opcode === Opcode.close) judgeClose(frame, add);
  judgeText(frame, state, add);
  return broken;
}

/**
 * Returns the rules that a frame breaks when only these bytes of it have come. A receiver judges the first two bytes as soon as
 * they are there, and the length once it is complete; it does not wait for the rest of a frame that it will reject.
 */
export function violationsSoFar(bytes: Uint8Array, state: ReceivingState): Violation[] {
  const { broken, add } = collected();
  const header = headerIn(bytes);
  if (header) judgeHeader(header, state, add);
  return broken;
}

type Add = (section: string, rule: string, because: string, closeCode?: 1002 | 1007, rfc?: number) => void;

function collected(): { broken: Violation[]; add: Add } {
  const broken: Violation[] = [];
  const add: Add = (section, rule, because, closeCode = 1002, rfc?) =>
    void broken.push({ section, rule, because, closeCode, ...(rfc !== undefined && { rfc }) });
  return { broken, add };
}

function judgeHeader(header: Header, state: ReceivingState, add: Add): void {
  judgeStart(header, state, add);
  judgeLength(header, add);
  if (isControl(header.opcode)) judgeControl(header, add);
  else if (known.has(header.opcode)) judgeOrder(header, state, add);
}

function judgeStart({ rsv, opcode, isMasked }: Header, { direction, rsvAllowed, closed }: ReceivingState, add: Add): void {
  if (closed) {
    const rule = 'The application MUST NOT send any more data frames after sending a Close frame.';
    if (!isControl(opcode)) add('5.5.1', rule, 'A Close frame came before it.');
  }
  for (const [n, bit] of [4, 2, 1].entries()) {
    if ((rsv & ~rsvAllowed & bit) === 0) continue;
    const rule = 'RSV1, RSV2, RSV3 MUST be 0 unless an extension is negotiated that defines meanings for non-zero values.';
    add('5.2', rule, `RSV${n + 1} is 1, and no extension that uses it was agreed to.`);
  }
  if ((rsv & rsvAllowed & 4) !== 0 && (isControl(opcode) || opcode === Opcode.continuation)) {
    const rule = 'An endpoint MUST NOT set this bit of control frames and non-first fragments of a data message.';
    add('6.1', rule, 'RSV1 is 1, but this is not the first frame of a message.', 1002, 7692);
  }
  if (!known.has(opcode)) {
    const rule = 'If an unknown opcode is received, the receiving endpoint MUST fail the connection.';
    add('5.2', rule, `Opcode 0x${opcode.toString(16)} is reserved.`);
  }
  if (direction === 'client-to-server' && !isMasked) {
    add('5.1', 'The server MUST close the connection upon receiving a frame that is not masked.', 'MASK is 0, from a client.');
  }
  if (direction === 'server-to-client' && isMasked) {
    add('5.1', 'A server MUST NOT mask any frames that it sends to the client.', 'MASK is 1, from a server.');
  }
}

function judgeLength({ extended, length, isNegative }: Header, add: Add): void {
  if (length === undefined) return;
  if (isNegative) add('5.2', 'The most significant bit of a 64-bit length MUST be 0.', 'It is 1.');
  if (2 + extended > shortestHeaderLength(length, false)) {
    const rule = 'In all cases, the minimal number of bytes MUST be used to encode the length.';
    add('5.2', rule, `${length} is written in the ${extended * 8}-bit form; it fits ${length < 126 ? 7 : 16} bits.`);
  }
}

function judgeControl({ fin, opcode, extended, length }: Header, add: Add): void {
  if (extended > 0 && (length ?? Infinity) > 125) {
    add('5.5', 'All control frames MUST have a payload length of 125 bytes or less.', `Its length is ${lengthWords(length)}.`);
  }
  if (!fin) add('5.5', 'All control frames MUST NOT be fragmented.', 'FIN is 0.');
  if (opcode === Opcode.close && length === 1) {
    const rule = 'If there is a body, the first two bytes of the body MUST be a 2-byte unsigned integer.';
    add('5.5.1', rule, 'The body has 1 byte.');
  }
}

/** Returns a length as text; one above 2^53 - 1 is not known exactly. */
function lengthWords(length: number | undefined): string {
  if (length === undefined) return 'in a form for 126 and more';
  return length === Infinity ? 'above 2^53' : String(length);
}

function judgeOrder({ opcode }: Header, { message }: ReceivingState, add: Add): void {
  if (opcode === Opcode.continuation && !message) {
    const rule = 'A fragmented message begins with a frame whose opcode is other than 0; frames with opcode 0 follow it.';
    add('5.4', rule, 'It continues a message, but none has begun.');
  }
  if (opcode !== Opcode.continuation && message) {
    const rule = 'The fragments of one message MUST NOT be interleaved between the fragments of another message.';
    add('5.4', rule, 'It begins a message, but the one before it is not finished: no frame with FIN has come.');
  }
}

function judgeClose({ payload }: Frame, add: Add): void {
  if (payload.length < 2) return;
  const code = ((payload[0] as number) << 8) | (payload[1] as number);
  const cause = codeFault(code);
  if (cause) add(...cause);
}

/** Returns why a code may not be in a Close frame: section, rule, and what is wrong. Undefined if it may. */
function codeFault(code: number): [section: string, rule: string, because: string] | undefined {
  if (closeCodeMeaning(code).onWire && (code <= 1014 || code >= 3000)) return undefined;
  if (code < 1000) return ['7.4.2', 'Status codes in the range 0-999 are not used.', `The code is ${code}.`];
  if (code > 4999) return ['11.7', 'The status code is an integer number between 1000 and 4999.', `The code is ${code}.`];
  if ([1005, 1006, 1015].includes(code)) {
    const rule = `${code} is a reserved value and MUST NOT be set as a status code in a Close control frame by an endpoint.`;
    return ['7.4.1', rule, `The code is ${code}.`];
  }
  const rule = 'Status codes in the range 1000-2999 are reserved for definition by this protocol and its extensions.';
  return ['7.4.2', rule, `${code} is not defined.`];
}

function judgeText(frame: Frame, state: ReceivingState, add: Add): void {
  const from = textBefore(frame, state);
  if (!from) return;
  const isClose = frame.opcode === Opcode.close;
  const section = isClose ? '5.5.1' : '8.1';
  const rule = isClose
    ? 'After the 2-byte code the body MAY contain UTF-8-encoded data.'
    : 'An endpoint that finds that a byte stream is not valid UTF-8 MUST fail the connection.';
  const what = isClose ? 'The reason' : 'The text';
  const skip = isClose ? 2 : 0;
  const read = readUtf8(frame.payload.subarray(skip), from);
  if ('invalidAt' in read) {
    const at = read.invalidAt + skip;
    const byte = (frame.payload[at] as number).toString(16).padStart(2, '0');
    add(section, rule, `${what} is not UTF-8: byte ${at} of the payload, 0x${byte}, is not valid there.`, 1007);
  } else if (read.end.length > 0 && frame.fin && isWhole(frame)) {
    const { seen, length } = read.end;
    add(section, rule, `${what} ends inside a character: ${seen} of ${length} bytes.`, 1007);
  }
}

/** Returns the UTF-8 state from which the frame's text continues; undefined if the frame holds no readable text. */
function textBefore(frame: Frame, { message, rsvAllowed }: ReceivingState): Utf8State | undefined {
  if (frame.opcode === Opcode.close) return utf8Start;
  if (frame.opcode === Opcode.text) return frame.rsv1 && (rsvAllowed & 4) !== 0 ? undefined : utf8Start;
  return frame.opcode === Opcode.continuation && message?.opcode === Opcode.text ? message.utf8 : undefined;
}

/** Returns what the receiver knows after the frame. */
export function stateAfter(frame: Frame, state: ReceivingState): ReceivingState {
  const { opcode, fin } = frame;
  if (opcode === Opcode.close) return { ...state, closed: true };
  if (isControl(opcode)) return state;
  if (fin) return { ...state, message: undefined };
  const from = textBefore(frame, state);
  const read = from && isWhole(frame) ? readUtf8(frame.payload, from) : undefined;
  const utf8 = read && 'end' in read ? read.end : undefined;
  if (opcode === Opcode.continuation) return { ...state, message: state.message && { ...state.message, utf8 } };
  return { ...state, message: { opcode, compressed: frame.rsv1 && (state.rsvAllowed & 4) !== 0, utf8 } };
}
