/** The messages between a station and a half-duplex channel, as JSON text. */
import { parseShallow } from '../shallow-json.ts';

/** A message from a station. */
export type FromStation =
  /** Asks for the floor. Refused while another station holds it, unless this one will `wait` for its turn. */
  | { type: 'request'; wait: boolean }
  /** Gives the floor back, or gives up waiting for it. */
  | { type: 'release' }
  /** Says a word. It is on the air for the station's air time, and the others hear it when it is whole. */
  | { type: 'word'; text: string };

/** A message to a station. Stations are named `S1`, `S2` … in the order in which they came; times are in ms. */
export type ToStation =
  /** The first message: your name, how long a word of yours is on the air, and who holds the floor (absent without control). */
  | { type: 'joined'; station: string; air: number; floor?: string | null }
  /** You hold the floor, for `limit` ms at the most (0: as long as you like). */
  | { type: 'granted'; limit: number }
  /** You get the floor after this many others. */
  | { type: 'waiting'; ahead: number; holder: string }
  /** You gave the floor back, or your time was over. */
  | { type: 'released'; reason: 'released' | 'time-out' }
  /** Another station holds the floor now, or nobody does. */
  | { type: 'floor'; holder: string | null }
  /** We did not take what you sent; `reason` is a sentence, `text` the word if it was one, `holder` who holds the floor. */
  | { type: 'refused'; reason: string; text?: string; holder?: string | null }
  /** Another station's word. */
  | { type: 'word'; station: string; text: string }
  /** Your word was on the air alone: all others have heard it. */
  | { type: 'heard'; text: string }
  /** Your word was lost: these stations were on the air at the same time. */
  | { type: 'lost'; text: string; with: string[] }
  /** All you heard was noise: words of other stations overlapped and were lost. */
  | { type: 'noise' };

/** Returns the message, or a sentence that says what is wrong with it. */
export function readFromStation(data: string | Uint8Array): FromStation | string {
  if (typeof data !== 'string') return 'This channel takes text messages with JSON; this one is binary.';
  let json: unknown;
  try {
    json = parseShallow(data);
  } catch {
    return 'This channel takes JSON, such as {"type":"word","text":"hello"}; this message is not.';
  }
  const { type, text, wait } = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  if (type === 'release') return { type };
  if (type === 'request') {
    if (wait === undefined || typeof wait === 'boolean') return { type, wait: wait === true };
    return 'The "wait" of a request must be true or false.';
  }
  if (type !== 'word') return 'The "type" must be "request", "release" or "word".';
  return typeof text === 'string' ? { type, text } : 'The "text" of a word must be a string.';
}
