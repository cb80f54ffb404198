/**
 * The limits of the live server that one reader's run can reach, with its words. Those that many readers share are not here: a run
 * has the server for itself. A test compares the numbers with the live server's options.
 */

export const limits = {
  /** Bytes of a message. */
  maxMessageBytes: 65_536,
  /** Frames of a message. */
  maxFragments: 256,
  messagesPerSecond: 50,
  messageBurst: 100,
  /** How many times as many messages all connections of a run may send together. */
  sessionShare: 4,
  requestsPerSecond: 50,
  requestBurst: 100,
  maxSessionConnections: 64,
  maxSessionEventStreams: 16,
  maxSessionLongPolls: 16,
  maxStations: 64,
  maxSessionCrowds: 12,
  /** Bytes that may wait for one client. */
  maxQueueBytes: 1_048_576,
  historyMessages: 256,
  /** These are in seconds, as the live server's options have them. */
  historyAge: 120,
  floorTime: 10,
  longPollTimeout: 25,
  heartbeat: 15,
  pingAfter: 20,
  deadAfter: 8,
  closeTimeout: 5,
} as const;

/** Why a connection is closed: the close code (RFC 6455 §7.4.1), and a sentence of at most 123 bytes. */
export interface Violation {
  code: 1002 | 1007 | 1008 | 1009;
  reason: string;
}

export const brokenRule: Violation = { code: 1002, reason: 'A frame broke a rule of RFC 6455.' };
export const notUtf8: Violation = { code: 1007, reason: 'Text has to be valid UTF-8 (RFC 6455, section 8.1).' };
export const tooLong: Violation = { code: 1009, reason: `A message may have at most ${limits.maxMessageBytes} bytes here.` };
export const tooManyFragments: Violation = {
  code: 1008,
  reason: `A message may have at most ${limits.maxFragments} fragments here.`,
};

export const tooOften = (perSecond: number, burst: number): Violation => ({
  code: 1008,
  reason: `At most ${perSecond} messages a second, or ${burst} at once, are accepted here.`,
});

/** Says why one more is refused. */
export const hasAll = (most: number, noun: string): string => `This session has ${most} ${noun} already, the most it may have.`;
