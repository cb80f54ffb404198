/**
 * How messages on the sandbox's channels reached a program: posted, then heard through a poll, a long poll or an event stream.
 * Everything here comes from the captured bytes.
 */
import { clientNameOf } from '../trace/client-name.ts';
import { requestOf, responseOf } from '../trace/http-message.ts';
import type { HttpExchange } from '../trace/exchange.ts';
import { EventStreamParser } from '../wire/server-sent-event.ts';

/** A message of a channel as a client heard it. Times in ms. */
export interface Delivery {
  channel: string;
  id: number;
  data: string;
  /** When the server had it; undefined if nobody in this trace posted it. */
  postedAt: number | undefined;
  /** When the listening program first had it. */
  heardAt: number;
  /** How often the client heard it. */
  times: number;
  /** The exchange that first brought it. */
  by: HttpExchange;
}

const address = /\/(messages|poll|long-poll|events)\/([^/?#]+)/;

/** Returns which sandbox address and channel an exchange asked for, going by the bytes on the wire if they are known. */
export function channelOf(exchange: HttpExchange): { what: string; channel: string } | undefined {
  const [, target = exchange.target] = requestOf(exchange)?.head.startLine.split(' ') ?? [];
  const [, what, channel] = address.exec(target) ?? [];
  return what !== undefined && channel !== undefined ? { what, channel } : undefined;
}

/** Returns the messages posted on channels, and when the server had them. */
export function postsOf(exchanges: readonly HttpExchange[]): { channel: string; id: number; at: number }[] {
  return exchanges.flatMap((exchange) => {
    const { what, channel = '' } = channelOf(exchange) ?? {};
    const at = exchange.parts[0]?.sentAt;
    if (what !== 'messages' || exchange.method !== 'POST' || exchange.status !== 201 || at === undefined) return [];
    const { id } = jsonOf(responseOf(exchange)?.text) as { id?: number };
    return id === undefined ? [] : [{ channel, id, at }];
  });
}

/** Returns the messages that were heard, in the order in which each connection's client first heard them. */
export function deliveriesOf(exchanges: readonly HttpExchange[]): Delivery[] {
  const posted = new Map(postsOf(exchanges).map(({ channel, id, at }) => [`${channel} ${id}`, at]));
  const heard = new Map<string, Delivery>();
  for (const exchange of exchanges) {
    const { what, channel = '' } = channelOf(exchange) ?? {};
    if (exchange.method === 'POST' || what === undefined) continue;
    for (const { id, data, at } of what === 'events' ? streamed(exchange) : polled(exchange)) {
      const key = `${clientNameOf(exchange.connection)} ${channel} ${id}`;
      const known = heard.get(key);
      if (known) known.times++;
      else heard.set(key, { channel, id, data, postedAt: posted.get(`${channel} ${id}`), heardAt: at, times: 1, by: exchange });
    }
  }
  return [...heard.values()].sort((a, b) => a.heardAt - b.heardAt);
}

interface Heard {
  id: number;
  data: string;
  at: number;
}

function polled(exchange: HttpExchange): Heard[] {
  const { client, parts } = exchange;
  // The program has not heard what it never read.
  const at = client ? client.chunks.at(-1)?.time : parts.at(-1)?.receivedAt;
  if (at === undefined) return [];
  const { messages = [] } = jsonOf(responseOf(exchange)?.text) as { messages?: { id: number; data: string }[] };
  return messages.map(({ id, data }) => ({ id, data, at }));
}

function streamed(exchange: HttpExchange): Heard[] {
  const text = responseOf(exchange)?.text ?? '';
  const events = new EventStreamParser().push(text).filter(({ type }) => type === 'message');
  const seen =
    exchange.client?.api === 'EventSource' ? exchange.client.events.filter(({ type }) => type === 'message') : undefined;
  return events.flatMap(({ data, lastEventId }, i) => {
    const at = seen ? seen[i]?.time : (exchange.client?.chunks.at(-1)?.time ?? exchange.parts.at(-1)?.receivedAt);
    return at === undefined ? [] : [{ id: Number(lastEventId), data, at }];
  });
}

function jsonOf(text = ''): unknown {
  try {
    return (JSON.parse(text) as unknown) ?? {};
  } catch {
    return {};
  }
}
