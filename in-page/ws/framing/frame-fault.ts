/** What is wrong with a frame, in the words and with the codes of the `ws` library. */
import { isControl, Opcode } from '../../../protocol/wire/frame.ts';

/** An error that a receiver reports: it says with which code the connection is to be closed. */
export interface ReceiverError extends Error {
  code: string;
  closeCode: number;
}

export function receiverError(Kind: ErrorConstructor, message: string, code: string, closeCode: number): ReceiverError {
  return Object.assign(new Kind(message), { code, closeCode });
}

const frameError = (message: string, code: string): ReceiverError =>
  receiverError(RangeError, `Invalid WebSocket frame: ${message}`, code, 1002);

/** What a receiver knows when it judges a frame. */
export interface FrameContext {
  isServer: boolean;
  /** The opcode of the message whose first frames have come; 0 for none. */
  fragmented: number;
}

/** Returns what is wrong with a frame that begins with these two bytes, in the library's order; undefined if nothing is. */
export function faultInStart(first: number, second: number, context: FrameContext): ReceiverError | undefined {
  if ((first & 0x30) !== 0) return frameError('RSV2 and RSV3 must be clear', 'WS_ERR_UNEXPECTED_RSV_2_3');
  if ((first & 0x40) !== 0) return frameError('RSV1 must be clear', 'WS_ERR_UNEXPECTED_RSV_1');
  const opcode = first & 0x0f;
  return faultInOpcode(opcode, context) ?? faultInControl(opcode, first, second) ?? faultInMask(second, context);
}

function faultInOpcode(opcode: number, { fragmented }: FrameContext): ReceiverError | undefined {
  const isLawful =
    opcode === Opcode.continuation
      ? fragmented !== 0
      : opcode === Opcode.text || opcode === Opcode.binary
        ? fragmented === 0
        : isControl(opcode) && opcode <= Opcode.pong;
  return isLawful ? undefined : frameError(`invalid opcode ${opcode}`, 'WS_ERR_INVALID_OPCODE');
}

function faultInControl(opcode: number, first: number, second: number): ReceiverError | undefined {
  if (!isControl(opcode)) return undefined;
  if ((first & 0x80) === 0) return frameError('FIN must be set', 'WS_ERR_EXPECTED_FIN');
  const length = second & 0x7f;
  if (length <= 125 && !(opcode === Opcode.close && length === 1)) return undefined;
  return frameError(`invalid payload length ${length}`, 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH');
}

function faultInMask(second: number, { isServer }: FrameContext): ReceiverError | undefined {
  const isMasked = (second & 0x80) !== 0;
  if (isServer && !isMasked) return frameError('MASK must be set', 'WS_ERR_EXPECTED_MASK');
  return !isServer && isMasked ? frameError('MASK must be clear', 'WS_ERR_UNEXPECTED_MASK') : undefined;
}

export const tooLong = (): ReceiverError =>
  receiverError(RangeError, 'Max payload size exceeded', 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 1009);

export const lengthUnsafe = (): ReceiverError =>
  receiverError(
    RangeError,
    'Unsupported WebSocket frame: payload length > 2^53 - 1',
    'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH',
    1009,
  );

export const tooManyFragments = (): ReceiverError =>
  receiverError(RangeError, 'Too many message fragments', 'WS_ERR_TOO_MANY_BUFFERED_PARTS', 1008);

export const notUTF8 = (): ReceiverError =>
  receiverError(Error, 'Invalid WebSocket frame: invalid UTF-8 sequence', 'WS_ERR_INVALID_UTF8', 1007);

export const badCloseCode = (code: number): ReceiverError =>
  frameError(`invalid status code ${code}`, 'WS_ERR_INVALID_CLOSE_CODE');
