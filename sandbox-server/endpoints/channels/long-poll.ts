import type { Channels } from './channels.ts';
import type { Timers } from '../endpoint.ts';
import { type Exchange, type HttpEndpoint, idFrom, nameFrom, refusing } from '../http-endpoint.ts';
import { integerIn } from '../parameters.ts';
import { pollAnswer } from './poll.ts';
import type { NoPlace, Shares } from '../shares.ts';

/** The parts of long polls. */
export interface LongPollParts {
  channels: Channels<string>;
  timers: Timers;
  /** Places for the long polls that may be held at a time. */
  places: Shares;
  /** How long a poll is held if its query does not say, in ms. */
  timeout: number;
}

/**
 * `GET /long-poll/:channel?after=id`: like a poll, but held open until there is something; 204 if nothing came in time.
 * Without `after` it only tells of what comes while it is held, and misses what comes between two such requests.
 */
export function createLongPoll(parts: LongPollParts): HttpEndpoint & { readonly held: number } {
  const { channels, timers, places, timeout } = parts;

  const hold = (exchange: Exchange, name: string, after: number | undefined, wait: number): void => {
    const { holder } = exchange;
    const channel = channels.open(name, holder);
    const since = after ?? channel.last;
    const now = channel.after(since);
    if (now.messages.length > 0 || now.gap) {
      exchange.answer(200, pollAnswer(now, channel.last));
      return;
    }
    const giveWay = (why: NoPlace): void => exchange.giveWay(why);
    const place = places.take(holder, { giveWay });
    if ('reason' in place) return giveWay(place);
    const answer = exchange.guarded(() => exchange.answer(200, pollAnswer(channel.after(since), channel.last)));
    const giveUp = exchange.guarded(() => exchange.answer(204));
    // Register each separately, so that one that fails does not keep the others from being released.
    exchange.onClose(() => place.release());
    exchange.onClose(channel.join(holder));
    exchange.onClose(channel.listen(answer, giveWay));
    exchange.onClose(timers.after(wait, giveUp));
  };

  return {
    method: 'GET',
    path: '/long-poll/:channel',
    usage: '/long-poll/:channel?after=0&timeout=25000',
    summary:
      'answers as /poll as soon as there is something; 204 after timeout ms without; without after only what comes while held',
    get held() {
      return places.size;
    },
    accept({ channel }, query) {
      const name = nameFrom('channel', channel);
      const after = idFrom('after', query.get('after'));
      const wait = integerIn(query, 'timeout', [100, 60_000], timeout);
      return refusing((exchange) => hold(exchange, name, after, wait));
    },
  };
}
