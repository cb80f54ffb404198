/**
 * What the messages of a half-duplex channel (`/half-duplex/:channel`) say of its medium: when each station's word was on the
 * air, whether it was heard or lost to another's, and who held the floor. Read from the frames that were captured.
 */
import type { Flight } from '../../protocol/flight.ts';
import type { CapturedFrame } from '../../protocol/trace.ts';
import { payloadStart } from './payload.ts';

/** A stretch of time at the server; ms, open where its end is not known. */
export interface AirSpan {
  look: 'air' | 'lost' | 'floor';
  from: number;
  to: number | undefined;
  text: string;
}

/** True for the address of such a channel. */
export const isHalfDuplex = (url: string): boolean => /^(?:wss?:\/\/[^/]*)?\/half-duplex\//.test(url);

type Message = { type?: unknown; text?: unknown };

/** Read once: a frame does not change. */
const messages = new WeakMap<CapturedFrame, Message>();

function messageOf(flight: Flight): Message {
  const { captured } = flight;
  if (!captured) return {};
  let message = messages.get(captured);
  if (!message) messages.set(captured, (message = parse(payloadStart(flight, captured.length) ?? new Uint8Array())));
  return message;
}

function parse(payload: Uint8Array): Message {
  try {
    return (JSON.parse(new TextDecoder().decode(payload)) ?? {}) as Message;
  } catch {
    return {};
  }
}

/** The air and the floor of one station's connections. `flights` in the order of their sending. */
export function airSpansOf(flights: readonly Flight[]): AirSpan[] {
  const spans: AirSpan[] = [];
  const words: { text: string; at: number }[] = [];
  let freeAt = 0;
  let floor: AirSpan | undefined;
  // As the server met them: what it got when it was there, what it sent when it was sent.
  const met = flights.flatMap((flight) => {
    const at = flight.direction === 'client-to-server' ? flight.receivedAt : flight.sentAt;
    return at === undefined || flight.kind !== 'frame' ? [] : [{ at, flight }];
  });
  met.sort((a, b) => a.at - b.at);
  for (const { at, flight } of met) {
    const { type, text } = messageOf(flight);
    if (flight.direction === 'client-to-server') {
      if (type === 'word') words.push({ text: String(text), at });
    } else if (type === 'heard' || type === 'lost') {
      const word = words.splice(0, 1)[0];
      if (word) spans.push({ look: type === 'lost' ? 'lost' : 'air', from: Math.max(word.at, freeAt), to: at, text: word.text });
      freeAt = at;
    } else if (type === 'refused' && text !== undefined) {
      const refused = words.findIndex((word) => word.text === text);
      if (refused >= 0) words.splice(refused, 1);
    } else if (type === 'granted') spans.push((floor = { look: 'floor', from: at, to: undefined, text: '' }));
    else if (type === 'released' && floor) floor.to = at;
  }
  return spans;
}
