import type { Channels } from './channels.ts';
import type { Cancel, Timers } from './endpoint.ts';
import { type Exchange, type HttpEndpoint, idFrom, nameFrom, refusing } from './http-endpoint.ts';
import { integerIn } from './parameters.ts';
import { pollAnswer } from './poll.ts';

/** What long polls are made of. */
export interface LongPollParts {
  channels: Channels<string>;
  timers: Timers;
  /** How many may be held at a time. */
  most: number;
  /** How long one is held where its query does not say, in ms. */
  timeout: number;
}

/**
 * `GET /long-poll/:channel?after=id`: as a poll, but held open until there is something; 204 where nothing came in time.
 * Without `after` it tells of what comes while it is held alone: what comes between two such requests is not heard.
 */
export function createLongPoll({ channels, timers, most, timeout }: LongPollParts): HttpEndpoint & { readonly held: number } {
  let held = 0;

  const hold = (exchange: Exchange, name: string, after: number | undefined, wait: number): void => {
    const channel = channels.open(name);
    const since = after ?? channel.last;
    const now = channel.after(since);
    if (now.messages.length > 0 || now.gap) {
      exchange.answer(200, pollAnswer(now, channel.last));
      return;
    }
    if (held >= most) {
      exchange.refuse(
        503,
        `There are ${most} long polls already, the most this server holds. Try again later.`,
        {
          'Retry-After': '5',
        },
        'maxLongPolls',
      );
      return;
    }
    const release: Cancel[] = [];
    held++;
    exchange.onClose(() => {
      held--;
      for (const cancel of release) cancel();
    });
    const answer = exchange.guarded(() => exchange.answer(200, pollAnswer(channel.after(since), channel.last)));
    release.push(channel.listen(answer));
    release.push(
      timers.after(
        wait,
        exchange.guarded(() => exchange.answer(204)),
      ),
    );
  };

  return {
    method: 'GET',
    holds: 'longPolls',
    path: '/long-poll/:channel',
    usage: '/long-poll/:channel?after=0&timeout=25000',
    summary:
      'answers as /poll as soon as there is something; 204 after timeout ms without; without after only what comes while held',
    get held() {
      return held;
    },
    accept({ channel }, query) {
      const name = nameFrom('channel', channel);
      const after = idFrom('after', query.get('after'));
      const wait = integerIn(query, 'timeout', [100, 60_000], timeout);
      return refusing((exchange) => hold(exchange, name, after, wait));
    },
  };
}
