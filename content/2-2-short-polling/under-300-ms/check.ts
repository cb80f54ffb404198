import type { Check } from '../../../protocol/messages/exercise.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { requestOf, responseOf } from '../../../protocol/trace/http-message.ts';
import { channelOf, deliveriesOf, postsOf } from '../../../protocol/measures/delivery.ts';
import type { HttpExchange } from '../../../protocol/trace/exchange.ts';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { formatCount } from '../../../protocol/words/count.ts';
import { wholeMs } from '../../../protocol/words/duration.ts';

/** Ways that news takes, ms; `even`: so many of the polls come no sooner after the last than half of the usual time. */
const wanted = { delay: 300, posted: 8, share: 0.25, even: 0.4 };
const bytesOf = (exchange: HttpExchange): number => (requestOf(exchange)?.bytes ?? 0) + (responseOf(exchange)?.bytes ?? 0);
const isOn = (channel: string) => (exchange: HttpExchange) => channelOf(exchange)?.channel === channel;

/** News heard by short polls after less than 300 ms on average, and the cost of a poll in vain told within a quarter of what it is. */
const check: Check = (trace) => {
  const exchanges = exchangesOf(trace).filter(({ method }) => method !== 'OPTIONS');
  if (exchanges.length === 0) return { passed: false, message: 'Nothing was asked in this run.' };
  const news = exchanges.filter(isOn('~news'));
  const posted = postsOf(news);
  const polls = news.filter((exchange) => channelOf(exchange)?.what === 'poll');
  const delays = deliveriesOf(news).flatMap(({ postedAt, heardAt }) => (postedAt === undefined ? [] : [heardAt - postedAt]));
  if (posted.length < wanted.posted)
    return {
      passed: false,
      message: `Only ${posted.length} items were posted on ~news; leave the newsroom its ${wanted.posted} or more.`,
    };
  if (polls.length === 0 || delays.length < posted.length)
    return {
      passed: false,
      message: `${posted.length} items were posted and ${delays.length} heard, by ${polls.length} polls of /poll/~news. Poll until the last one is there.`,
    };
  const measured = meanOf(delays);
  // A busy machine is late with everything. What the program asked for is its pace.
  const mean = Math.min(measured, delayAt(polls, linkTime(trace)) ?? measured);
  const total = polls.reduce((sum, poll) => sum + bytesOf(poll), 0);
  const cost = `${polls.length} polls, ${formatCount(total)} bytes`;
  if (mean >= wanted.delay)
    return {
      passed: false,
      message: `On average the reader had its news ${wholeMs(mean)} after the server (${cost}); it takes less than ${wholeMs(wanted.delay)}. News waits for half the interval.`,
    };
  const empty = polls.filter((poll) => responseOf(poll)?.text.startsWith('{"messages":[]') ?? false);
  const one = empty.reduce((sum, poll) => sum + bytesOf(poll), 0) / empty.length;
  const told = Number(/\r\n\r\n(.*)$/s.exec(bodyOf(exchanges.find(isOn('~bytes-of-an-empty-poll'))))?.[1] ?? NaN);
  if (!(Math.abs(told - one) <= one * wanted.share)) {
    const content = Math.abs(told - 24) < 4 ? ' That is its content alone: header fields are bytes too.' : '';
    return {
      passed: false,
      message: `${wholeMs(mean)} on average, for ${cost}: quick enough. You say that an empty poll takes ${Number.isNaN(told) ? 'nothing' : told} bytes; yours takes ${Math.round(one)}, there and back.${content}`,
    };
  }
  const late =
    measured > wanted.delay ? ` by the pace of your polls; this machine, which is busy, made ${wholeMs(measured)} of it` : '';
  return {
    passed: true,
    message: `${wholeMs(mean)} on average${late}. It cost ${cost}; ${empty.length} polls brought nothing, for ${Math.round(one)} bytes each.`,
  };
};

/**
 * How long news takes on average to a reader that polls at this pace, ms: it waits for half of the time between two polls, and is then
 * asked for and answered over the link. Undefined where the polls come in bursts, so that nothing can be said.
 */
function delayAt(polls: readonly HttpExchange[], onLink: number): number | undefined {
  const asked = polls.map(({ startedAt }) => startedAt);
  const gaps = asked.slice(1).map((time, i) => time - (asked[i] as number));
  const usual = meanOf(gaps);
  if (gaps.filter((gap) => gap >= usual / 2).length < wanted.even * gaps.length) return undefined;
  return usual / 2 + 2 * onLink;
}

/** For how long the link carries a request or an answer, as it says itself: the median, ms. */
function linkTime({ events }: Trace): number {
  const takes = events.flatMap((event) => (/_departed$/.test(event.name) && 'takes' in event ? (event.takes ?? []) : []));
  return takes.sort((a, b) => a - b)[takes.length >> 1] ?? 0;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A request as text, head and body. */
function bodyOf(exchange: HttpExchange | undefined): string {
  const bytes = exchange?.request.bytes ?? '';
  return bytes.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}

export default check;
