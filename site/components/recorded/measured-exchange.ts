/** Figures of HTTP exchanges for a lesson's prose, taken from its recorded trace like those of `measured.ts`. */
import { requestOf, responseOf } from '../../../protocol/trace/http-message.ts';
import { deliveriesOf, postsOf } from '../../../protocol/measures/delivery.ts';
import type { HttpExchange } from '../../../protocol/trace/exchange.ts';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { fieldValue } from '../../../protocol/wire/handshake.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';
import { formatCount } from '../../../protocol/words/count.ts';
import { inSeconds, wholeMs } from '../../../protocol/words/duration.ts';

/** The names of these figures, and what each is. A figure covers several exchanges unless it says "of one". */
const figures = {
  requests: 'how many there were',
  'empty answers': 'those that were answered without any message',
  'request bytes': 'of one: bytes of the request on the wire',
  'response bytes': 'of one: bytes of the response on the wire, as far as it was written',
  'content bytes': 'of one: bytes of the content alone',
  'all bytes': 'bytes of all requests and responses on the wire',
  'event bytes': 'of one: bytes on the wire of the part of the response with the number `part`, from 0',
  'round trip': 'of one: from the asking until the response’s head is at the client, ms',
  'held for': 'of one: from the request’s receipt by the server’s program to the first part of the response, ms',
  'open for': 'of one: from the asking to its end at the client, s',
  status: 'of one: the status code',
  'header field': 'of one: the value of the header field `name` in `direction`',
  events: 'what EventSources dispatched',
  'mean delay': 'from when the server had a message to when the program had it, on average, ms',
  'longest delay': 'the same, the longest',
  'messages posted': 'messages that the server was given',
  'messages heard': 'of those, how many the program heard',
  'messages missed': 'of those, how many it never heard',
} as const;

/** Picks a figure and its exchanges: all whose method and address begin with `asked`, or number `exchange` of them, from 1. */
export interface ExchangeFigure {
  of: keyof typeof figures;
  /** Such as `GET /poll`. */
  asked?: string;
  exchange?: number;
  direction?: Direction;
  name?: string;
  part?: number;
}

/** True for a figure of exchanges. */
export const isExchangeFigure = (figure: { of: string }): figure is ExchangeFigure => Object.hasOwn(figures, figure.of);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Returns the figure as text with its unit. Throws a RangeError if the trace does not hold it. */
export function measuredExchange(trace: Trace, figure: ExchangeFigure): string {
  const { of, asked = '', exchange: number = 1, direction = 'client-to-server', name = '', part = 0 } = figure;
  const every = exchangesOf(trace).filter(({ method }) => method !== 'OPTIONS');
  const exchanges = every.filter(({ method, target }) => `${method} ${target}`.startsWith(asked));
  const one = (): HttpExchange => known(exchanges[number - 1], `exchange ${number} of "${asked}"`);
  switch (of) {
    case 'requests':
      return formatCount(exchanges.length);
    case 'empty answers':
      return formatCount(exchanges.filter(isEmpty).length);
    case 'request bytes':
      return formatCount(known(requestOf(one()), of).bytes);
    case 'response bytes':
      return formatCount(known(responseOf(one()), of).bytes);
    case 'content bytes':
      return formatCount(sum(one().parts.map(({ length }) => length)));
    case 'all bytes':
      return formatCount(
        sum(exchanges.map((exchange) => (requestOf(exchange)?.bytes ?? 0) + (responseOf(exchange)?.bytes ?? 0))),
      );
    case 'event bytes':
      return formatCount(known(one().parts[part]?.bytes, `${of} of part ${part}`).length / 2);
    case 'round trip':
      return wholeMs(known(one().client?.headAt, of) - one().startedAt);
    case 'held for':
      return wholeMs(known(one().heldMs, of));
    case 'open for':
      return inSeconds(known(one().client?.endedAt, of) - one().startedAt);
    case 'status':
      return String(known(one().status, of));
    case 'header field': {
      const message = direction === 'client-to-server' ? requestOf(one()) : responseOf(one());
      return known(fieldValue(known(message, of).head, name), name);
    }
    case 'events':
      return formatCount(sum(exchanges.map(({ client }) => client?.events.length ?? 0)));
    default:
      return ofMessages(of, every, exchanges);
  }
}

function ofMessages(of: ExchangeFigure['of'], every: readonly HttpExchange[], exchanges: readonly HttpExchange[]): string {
  const posts = postsOf(every);
  const heard = deliveriesOf([...every.filter(({ method }) => method === 'POST'), ...exchanges]);
  const delays = heard.flatMap(({ postedAt, heardAt }) => (postedAt === undefined ? [] : [heardAt - postedAt]));
  if (of === 'messages posted') return formatCount(posts.length);
  if (of === 'messages heard') return formatCount(delays.length);
  if (of === 'messages missed') return formatCount(posts.length - delays.length);
  if (delays.length === 0) throw new RangeError(`Cannot measure "${of}": the trace holds no message that was posted and heard`);
  return wholeMs(of === 'mean delay' ? sum(delays) / delays.length : Math.max(...delays));
}

/** True if the answer holds nothing: 204, or an empty list of messages. */
function isEmpty(exchange: HttpExchange): boolean {
  return exchange.status === 204 || (responseOf(exchange)?.text.startsWith('{"messages":[]') ?? false);
}

function known<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new RangeError(`Cannot measure "${what}": the trace does not hold it`);
  return value;
}
