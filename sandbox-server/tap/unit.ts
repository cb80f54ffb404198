import { type Frame, Opcode } from '../../protocol/wire/frame.ts';

/**
 * A piece of a connection that the link carries as a whole: half of the handshake, a frame, or the end of the stream (TCP's FIN).
 * The socket notices a violation and puts it in its place among the frames, so that the server's program serves what came before
 * it.
 */
export interface Unit {
  readonly kind: 'handshake' | 'frame' | 'violation' | 'end';
  readonly bytes: Uint8Array;
  /** How many bytes the link has to carry. */
  readonly size: number;
  /** The frame's number; -1 if nothing is recorded. */
  readonly number: number;
}

const noBytes = new Uint8Array(0);

export const frameUnit = ({ bytes }: Frame, number: number): Unit => ({ kind: 'frame', bytes, size: bytes.length, number });

/** Returns half of the handshake; the link needs its size even where nobody needs its bytes. */
export const handshakeUnit = (size: number, bytes: Uint8Array = noBytes): Unit => ({
  kind: 'handshake',
  bytes,
  size,
  number: -1,
});

/** Returns a unit that takes no time of the link. */
export const markUnit = (kind: 'violation' | 'end'): Unit => ({ kind, bytes: noBytes, size: 0, number: -1 });

export const isCloseFrame = ({ kind, bytes }: Unit): boolean => kind === 'frame' && ((bytes[0] ?? 0) & 0x0f) === Opcode.close;
