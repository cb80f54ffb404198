import { encodeComment, encodeEvent } from '../../../protocol/wire/server-sent-event.ts';
import type { Channels } from './channels.ts';
import type { Cancel, Timers } from '../endpoint.ts';
import { type Exchange, type HttpEndpoint, idFrom, nameFrom, refusing } from '../http-endpoint.ts';
import type { Numbered, Replay } from './history.ts';
import { integerIn } from '../parameters.ts';
import type { Holder, NoPlace, Shares } from '../shares.ts';
import { Ticks } from '../ticks.ts';

/** The parts of event streams. */
export interface EventStreamParts {
  channels: Channels<string>;
  timers: Timers;
  /** Places for the streams that may be open at a time. */
  places: Shares;
  /** How often we send a comment, in ms, so that nobody takes a silent stream for dead. */
  heartbeat: number;
}

/** The source of a stream's messages: a channel, or the ticker. */
interface Source {
  /** The id of the last message. */
  readonly last: number;
  after(id: number): Replay<string>;
  /** Calls `ended` if the source is given up. */
  listen(listener: (message: Numbered<string>) => void, ended: (why: NoPlace) => void): Cancel;
  /** Gives the holder a part in it until the returned function is called. */
  join?(holder: Holder): Cancel;
}

/** The addresses of event streams, and how many streams are open. */
export interface EventStreams {
  endpoints: readonly HttpEndpoint[];
  readonly open: number;
}

/**
 * `GET /events/:channel`: streams the channel as server-sent events (HTML §9.2), from now on, or from the id in
 * `Last-Event-ID` or `?lastEventId=`. The header wins, because a client that comes back sends it with the address of its first
 * request. If messages were lost, an event `gap` says so with `{ "after": …, "next": … }`.
 *
 * `GET /events/ticker`: the same for a ticker that is always on the air.
 */
export function createEvents({ channels, timers, places, heartbeat }: EventStreamParts): EventStreams {
  const since = timers.now();

  const stream = (exchange: Exchange, tuneIn: () => Source, asked: number | undefined, retry: number): void => {
    const after = idFrom('Last-Event-ID', exchange.header('last-event-id')) ?? asked;
    const channel = tuneIn();
    const { holder } = exchange;
    const giveWay = (why: NoPlace): void => exchange.giveWay(why);
    const place = places.take(holder, { usedAt: () => sentAt, giveWay });
    if ('reason' in place) return exchange.refuse(503, place.reason, { 'Retry-After': '5' }, place.limit);
    let sentAt = timers.now();
    // Register each separately, so that one that fails does not keep the others from being released.
    exchange.onClose(() => place.release());
    const { gap, messages } = channel.after(after ?? channel.last);
    const headers = { 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' };
    exchange.begin('text/event-stream; charset=utf-8', headers, encodeComment);
    const first = gap ? gap.next - 1 : (after ?? channel.last);
    // An id without data dispatches nothing, but a client cut off before its first event comes back with that id.
    exchange.write(
      gap
        ? encodeEvent({ retry, event: 'gap', id: `${first}`, data: JSON.stringify(gap) })
        : encodeEvent({ retry, id: `${first}` }),
    );
    for (const { id, data } of messages) exchange.write(encodeEvent({ id: `${id}`, data }));
    const tell = exchange.guarded(({ id, data }: Numbered<string>) => {
      sentAt = timers.now();
      exchange.write(encodeEvent({ id: `${id}`, data }));
    });
    exchange.onClose(channel.listen(tell, giveWay));
    if (channel.join) exchange.onClose(channel.join(holder));
    const beat = (): void => {
      const next = exchange.guarded(() => {
        beat();
        exchange.write(encodeComment('still here'));
      });
      cancel = timers.after(heartbeat, next);
    };
    let cancel: Cancel = () => undefined;
    beat();
    exchange.onClose(() => cancel());
  };

  const lastEventId = (query: URLSearchParams): number | undefined => idFrom('lastEventId', query.get('lastEventId'));
  const retryTime = (query: URLSearchParams): number => integerIn(query, 'retry', [0, 60_000], 2000);

  const ticker: HttpEndpoint = {
    method: 'GET',
    isForAnyPage: true,
    path: '/events/ticker',
    usage: '/events/ticker?every=1000&lastEventId=0&retry=2000',
    summary: 'streams "tick 1", "tick 2" and so on as server-sent events; the ticker runs on whether anybody listens or not',
    accept(_, query) {
      const every = integerIn(query, 'every', [50, 60_000], 1000);
      const asked = lastEventId(query);
      const retry = retryTime(query);
      return refusing((exchange) => stream(exchange, () => new Ticks({ since, every }, timers), asked, retry));
    },
  };
  const ofChannel: HttpEndpoint = {
    method: 'GET',
    path: '/events/:channel',
    usage: '/events/:channel?lastEventId=0&retry=2000',
    summary:
      'streams the channel as server-sent events, from Last-Event-ID or lastEventId on, else from now; an event "gap" where some is lost',
    accept({ channel }, query) {
      const name = nameFrom('channel', channel);
      const asked = lastEventId(query);
      const retry = retryTime(query);
      return refusing((exchange) => stream(exchange, () => channels.open(name, exchange.holder), asked, retry));
    },
  };
  // The first match wins, so the ticker comes before the channels.
  return {
    endpoints: [ticker, ofChannel],
    get open() {
      return places.size;
    },
  };
}
