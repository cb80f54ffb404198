/**
 * Reads from captured frames what the messages of a half-duplex channel (`/half-duplex/:channel`) say of its medium: when each
 * station's word was on the air, whether it was heard or lost to another's, and who held the floor.
 */
import type { Flight } from '../../../protocol/trace/flight.ts';
import type { CapturedFrame } from '../../../protocol/trace/trace.ts';
import type { Conversation } from './conversation.ts';
import type { LanePair } from './lane-pairs.ts';
import { payloadStart } from './payload-preview.ts';

/** A stretch of time at the server, ms; `to` is undefined while its end is unknown. */
export interface AirSpan {
  look: 'air' | 'lost' | 'floor';
  from: number;
  to: number | undefined;
  text: string;
}

/** Returns true for the address of a half-duplex channel. */
export const isHalfDuplex = (url: string): boolean => /^(?:wss?:\/\/[^/]*)?\/half-duplex\//.test(url);

type Message = { type?: unknown; text?: unknown };

/** Messages already parsed: a frame does not change. */
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

/** Returns what a pair's station had on the air; undefined if its channel is not half-duplex. To be asked by `conversation.once`. */
export function airOf({ url, connections }: LanePair, { flights }: Pick<Conversation, 'flights'>): AirSpan[] | undefined {
  if (!isHalfDuplex(url)) return undefined;
  const own = new Set(connections.map(({ id }) => id));
  return airSpansOf(flights.filter(({ connection }) => own.has(connection)));
}

/** Returns the air and the floor of one station's connections. `flights` come in the order they were sent. */
export function airSpansOf(flights: readonly Flight[]): AirSpan[] {
  const spans: AirSpan[] = [];
  const words = new WordsUnderWay();
  let freeAt = 0;
  let floor: AirSpan | undefined;
  // Use the server's times: receipt for frames it got, sending for frames it sent.
  const met = flights.flatMap((flight) => {
    const at = flight.direction === 'client-to-server' ? flight.receivedAt : flight.sentAt;
    return at === undefined || flight.kind !== 'frame' ? [] : [{ at, flight }];
  });
  met.sort((a, b) => a.at - b.at);
  for (const { at, flight } of met) {
    const { type, text } = messageOf(flight);
    if (flight.direction === 'client-to-server') {
      if (type === 'word') words.add(textOf(text), at);
    } else if (type === 'heard' || type === 'lost') {
      const word = words.takeFirst();
      if (word) spans.push({ look: type === 'lost' ? 'lost' : 'air', from: Math.max(word.at, freeAt), to: at, text: word.text });
      freeAt = at;
    } else if (type === 'refused' && text !== undefined) {
      words.remove(textOf(text));
    } else if (type === 'granted') spans.push((floor = { look: 'floor', from: at, to: undefined, text: '' }));
    else if (type === 'released' && floor) floor.to = at;
  }
  return spans;
}

/** Returns a word's text, whatever a peer put there. */
const textOf = (text: unknown): string => (typeof text === 'string' ? text : (JSON.stringify(text) ?? ''));

interface Word {
  text: string;
  at: number;
  isGone: boolean;
}

/** Words that the server has received but not answered. */
class WordsUnderWay {
  readonly #all: Word[] = [];
  /** By text; `next` goes through each list only once. */
  readonly #byText = new Map<string, { words: Word[]; next: number }>();
  #next = 0;

  add(text: string, at: number): void {
    const word = { text, at, isGone: false };
    this.#all.push(word);
    const own = this.#byText.get(text);
    if (own) own.words.push(word);
    else this.#byText.set(text, { words: [word], next: 0 });
  }

  /** Removes and returns the word that came first. */
  takeFirst(): Word | undefined {
    while (this.#all[this.#next]?.isGone) this.#next++;
    const word = this.#all[this.#next++];
    if (word) word.isGone = true;
    return word;
  }

  /** Removes the first word with this text. */
  remove(text: string): void {
    const own = this.#byText.get(text);
    while (own?.words[own.next]?.isGone) own.next++;
    const word = own?.words[own.next];
    if (word) word.isGone = true;
  }
}
