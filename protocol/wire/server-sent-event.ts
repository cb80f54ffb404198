/**
 * Server-sent events: encoding, and parsing of a stream that comes in pieces (HTML Living Standard §9.2).
 *
 * Both work on text. Decode the bytes first, as UTF-8 without a leading byte order mark: a TextDecoder does that.
 */

/** An event that a client dispatches. */
export interface ServerSentEvent {
  /** The event's name: `message` if the stream gave none. */
  type: string;
  /** The `data` lines, joined by line feeds. */
  data: string;
  /** The last id that the stream has set, in this event or before; empty at first. */
  lastEventId: string;
}

/** The fields of one block. A block without `data` dispatches nothing, but its id and retry still count. */
export interface EventFields {
  /** Must be one line. */
  event?: string;
  /** Any line ending in it becomes a line feed at the other end. */
  data?: string;
  /** Must be one line, without NUL. */
  id?: string;
  /** How long the client waits before reconnecting, in whole milliseconds. */
  retry?: number;
}

const lineEnding = /\r\n|\r|\n/;

/** Returns one block of a stream, including its blank line. Throws a RangeError for a field that the format cannot carry. */
export function encodeEvent({ event, data, id, retry }: EventFields): string {
  let block = '';
  if (retry !== undefined) {
    if (!Number.isInteger(retry) || retry < 0)
      throw new RangeError(`Cannot encode event: retry is ${retry}; it takes a whole number of ms`);
    block += `retry: ${retry}\n`;
  }
  if (event !== undefined) block += `event: ${oneLine('event', event)}\n`;
  if (id !== undefined) {
    if (id.includes('\0')) throw new RangeError('Cannot encode event: a client ignores an id that contains NUL');
    block += `id: ${oneLine('id', id)}\n`;
  }
  if (data !== undefined) for (const line of data.split(lineEnding)) block += `data: ${line}\n`;
  return `${block}\n`;
}

/** Returns a comment, which clients ignore: it keeps a silent connection from being taken for dead. */
export function encodeComment(text: string): string {
  return `: ${text.split(lineEnding).join('\n: ')}\n\n`;
}

function oneLine(field: string, value: string): string {
  if (!lineEnding.test(value)) return value;
  throw new RangeError(`Cannot encode event: "${field}" must be one line, but this one has several`);
}

/**
 * Takes a stream's text in any pieces and returns its events. A block that no blank line ends is not dispatched, as in the
 * standard.
 */
export class EventStreamParser {
  #line = '';
  /** The last piece ended with CR: an LF at the start of the next belongs to it. */
  #afterReturn = false;
  #type = '';
  #data: string | undefined;
  #lastEventId = '';
  #retry: number | undefined;

  /** The last id that a finished block has set. */
  lastEventId = '';

  /** How long the stream has asked to wait before reconnecting, in ms; undefined if it has not. */
  get retry(): number | undefined {
    return this.#retry;
  }

  /** Takes the next piece; returns the events that it completes. */
  push(text: string): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    if (text === '') return events;
    const fresh = this.#afterReturn && text.startsWith('\n') ? text.slice(1) : text;
    this.#afterReturn = text.endsWith('\r');
    const lines = fresh.split(lineEnding);
    lines[0] = this.#line + (lines[0] as string);
    this.#line = lines.pop() as string;
    for (const line of lines) {
      if (line !== '') this.#field(line);
      else {
        const event = this.#dispatch();
        if (event) events.push(event);
      }
    }
    return events;
  }

  #field(line: string): void {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const rest = colon < 0 ? '' : line.slice(colon + 1);
    const value = rest.startsWith(' ') ? rest.slice(1) : rest;
    if (name === 'event') this.#type = value;
    else if (name === 'data') this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    else if (name === 'id' && !value.includes('\0')) this.#lastEventId = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.#retry = Number(value);
  }

  #dispatch(): ServerSentEvent | undefined {
    const data = this.#data;
    const type = this.#type || 'message';
    this.lastEventId = this.#lastEventId;
    this.#data = undefined;
    this.#type = '';
    // An empty `data` field leaves "\n" in the standard's buffer, so it dispatches an empty text; no field leaves nothing.
    return data === undefined ? undefined : { type, data, lastEventId: this.lastEventId };
  }
}
