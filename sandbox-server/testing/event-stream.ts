import { EventStreamParser, type ServerSentEvent } from '../../protocol/wire/server-sent-event.ts';
import { Arrivals } from './client.ts';

/** An open stream of server-sent events, as a client reads it. */
export interface OpenEventStream {
  response: Response;
  events: Arrivals<ServerSentEvent>;
  parser: EventStreamParser;
  /** The text of the stream so far. */
  text(): string;
  /** Resolves when the stream ends. */
  ended: Promise<void>;
  abort(): void;
}

/** Opens an event stream with `fetch`. Resolves once the head has arrived. */
export async function openEvents(address: string, headers: Record<string, string> = {}): Promise<OpenEventStream> {
  const control = new AbortController();
  const response = await fetch(address, { headers, signal: control.signal });
  const events = new Arrivals<ServerSentEvent>();
  const parser = new EventStreamParser();
  const decoder = new TextDecoder();
  let text = '';
  const read = async (): Promise<void> => {
    for await (const chunk of response.body ?? []) {
      const piece = decoder.decode(chunk as Uint8Array, { stream: true });
      text += piece;
      parser.push(piece).forEach((event) => events.add(event));
    }
  };
  const ended = read().catch(() => undefined);
  return { response, events, parser, text: () => text, ended, abort: () => control.abort() };
}
