import { encodeComment, encodeEvent } from '../../protocol/server-sent-event.ts';
import type { Channels } from './channels.ts';
import type { Cancel, Timers } from './endpoint.ts';
import { type Exchange, type HttpEndpoint, idFrom, nameFrom, refusing } from './http-endpoint.ts';
import { integerIn } from './parameters.ts';

/** What event streams are made of. */
export interface EventStreamParts {
  channels: Channels<string>;
  timers: Timers;
  /** How many may be open at a time. */
  most: number;
  /** How often a comment goes out, so that nobody takes a silent stream for dead, in ms. */
  heartbeat: number;
}

/**
 * `GET /events/:channel`: the channel as a stream of server-sent events (HTML §9.2), from now on, or from the id in
 * `Last-Event-ID` or `?lastEventId=`. The header wins: a client that comes back sends it with the address of its first
 * request. Where messages were lost an event `gap` says so, with `{ "after": …, "next": … }`.
 */
export function createEvents({ channels, timers, most, heartbeat }: EventStreamParts): HttpEndpoint & { readonly open: number } {
  let open = 0;

  const stream = (exchange: Exchange, name: string, asked: number | undefined, retry: number): void => {
    const after = idFrom('Last-Event-ID', exchange.header('last-event-id')) ?? asked;
    const channel = channels.open(name);
    if (open >= most) {
      exchange.refuse(
        503,
        `There are ${most} event streams already, the most this server keeps. Try again later.`,
        {
          'Retry-After': '5',
        },
        'maxEventStreams',
      );
      return;
    }
    const release: Cancel[] = [];
    open++;
    exchange.onClose(() => {
      open--;
      for (const cancel of release.splice(0)) cancel();
    });
    const { gap, messages } = channel.after(after ?? channel.last);
    exchange.begin('text/event-stream; charset=utf-8', { 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' });
    const first = gap ? gap.next - 1 : (after ?? channel.last);
    // An id without data dispatches nothing, but a client that is cut off before its first event comes back with it.
    exchange.write(
      gap
        ? encodeEvent({ retry, event: 'gap', id: `${first}`, data: JSON.stringify(gap) })
        : encodeEvent({ retry, id: `${first}` }),
    );
    for (const { id, data } of messages) exchange.write(encodeEvent({ id: `${id}`, data }));
    release.push(channel.listen(({ id, data }) => exchange.write(encodeEvent({ id: `${id}`, data }))));
    const beat = (): void => {
      cancel = timers.after(heartbeat, () => {
        beat();
        exchange.write(encodeComment('still here'));
      });
    };
    let cancel: Cancel = () => undefined;
    beat();
    release.push(() => cancel());
  };

  return {
    method: 'GET',
    holds: 'eventStreams',
    path: '/events/:channel',
    usage: '/events/:channel?lastEventId=0&retry=2000',
    summary:
      'streams the channel as server-sent events, from Last-Event-ID or lastEventId on, else from now; an event "gap" where some is lost',
    get open() {
      return open;
    },
    accept({ channel }, query) {
      const name = nameFrom('channel', channel);
      const asked = idFrom('lastEventId', query.get('lastEventId'));
      const retry = integerIn(query, 'retry', [0, 60_000], 2000);
      return refusing((exchange) => stream(exchange, name, asked, retry));
    },
  };
}
