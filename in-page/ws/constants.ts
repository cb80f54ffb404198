/** States of a WebSocket, in the order of their numbers. */
export const readyStates = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'] as const;

export const CONNECTING = 0;
export const OPEN = 1;
export const CLOSING = 2;
export const CLOSED = 3;

/** How binary messages are handed to the program. */
export const binaryTypes = ['nodebuffer', 'arraybuffer', 'fragments', 'blob'] as const;
export type BinaryType = (typeof binaryTypes)[number];

/** Options that both ends take, with what holds where they are not given. */
export const endDefaults = {
  allowSynchronousEvents: true,
  autoPong: true,
  /** How long a closing handshake may take, ms. */
  closeTimeout: 30_000,
  maxFragments: 16 * 1024,
  /** Bytes of a message. */
  maxPayload: 100 * 1024 * 1024,
  maxPendingAutoPongs: 60,
  skipUTF8Validation: false,
};

/** Options that both ends take. */
export type EndOptions = typeof endDefaults;

/** Fills a masking key of 4 bytes. */
export type GenerateMask = (mask: Buffer) => void;
