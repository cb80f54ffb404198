/** The close codes of RFC 6455 §7.4 and the IANA registry, and who may send each. */

/** Who may put a code into a Close frame. */
export type CloseCodeSenders = 'either end' | 'a client' | 'a server' | 'nobody';

/** What a close code means and where it may occur. */
export interface CloseCodeMeaning {
  name: string;
  meaning: string;
  /** False for codes that an end makes up locally and never puts in a Close frame (RFC 6455 §7.4.1). */
  onWire: boolean;
  senders: CloseCodeSenders;
  /** True if a script may pass it to `close()` (WHATWG WebSockets: 1000, or 3000 to 4999). */
  script: boolean;
}

const registry: Record<number, [name: string, meaning: string]> = {
  1000: ['normal closure', 'The purpose of the connection has been fulfilled.'],
  1001: ['going away', 'One end is leaving: a server that is shutting down, or a page that was left.'],
  1002: ['protocol error', 'The other end broke a rule of the protocol.'],
  1003: ['unsupported data', 'The other end sent a kind of data that this one does not take.'],
  1005: ['no status received', 'The Close frame carried no code.'],
  1006: ['abnormal closure', 'The connection ended without a Close frame.'],
  1007: ['invalid payload', 'A message held data that does not fit its type, such as text that is not UTF-8.'],
  1008: ['policy violation', 'A message broke a policy of the end that received it.'],
  1009: ['message too big', 'A message was larger than its receiver accepts.'],
  1010: ['mandatory extension', 'The server did not agree to an extension that the client needs.'],
  1011: ['internal error', 'One end met a condition that kept it from going on.'],
  1012: ['service restart', 'The server is restarting; come back after a random pause.'],
  1013: ['try again later', 'The server is overloaded.'],
  1014: ['bad gateway', 'A gateway got an invalid response from the server behind it.'],
  1015: ['TLS handshake failed', 'The TLS handshake failed.'],
};

/** The codes that have their own meaning, in order. */
export const registeredCloseCodes: readonly number[] = Object.keys(registry).map(Number);

/** Returns the meaning of a close code, for every code from 0 to 65535. */
export function closeCodeMeaning(code: number): CloseCodeMeaning {
  const [name, meaning] = registry[code] ?? unregistered(code);
  return {
    name,
    meaning,
    onWire: code >= 1000 && code <= 4999 && ![1004, 1005, 1006, 1015].includes(code),
    senders: sendersOf(code),
    script: code === 1000 || (code >= 3000 && code <= 4999),
  };
}

/**
 * Returns who may send a code. Only a client sends 1010, for a missing extension: a server can fail the handshake instead
 * (RFC 6455 §7.4.1). Only a server sends 1012 to 1014: it restarts, is overloaded, or got an invalid response as a gateway.
 * Either end may send 1011: erratum 3227 to RFC 6455 says so, and IANA's registry follows it.
 */
function sendersOf(code: number): CloseCodeSenders {
  if (code === 1010) return 'a client';
  if (code >= 1012 && code <= 1014) return 'a server';
  const defined = (code in registry && ![1005, 1006, 1015].includes(code)) || (code >= 3000 && code <= 4999);
  return defined ? 'either end' : 'nobody';
}

function unregistered(code: number): [string, string] {
  if (code >= 4000 && code <= 4999) return ['private use', 'Agreed between this client and this server.'];
  if (code >= 3000 && code <= 3999) return ['registered use', 'For libraries and frameworks, registered with IANA.'];
  return ['reserved', 'Not defined.'];
}
