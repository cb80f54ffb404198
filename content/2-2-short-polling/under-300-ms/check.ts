import type { Check } from '../../../protocol/check.ts';
import { requestOf, responseOf } from '../../../protocol/http-message.ts';
import { channelOf, deliveriesOf, postsOf } from '../../../protocol/delivery.ts';
import { exchangesOf, type HttpExchange } from '../../../protocol/exchange.ts';

const wanted = { delay: 300, posted: 8, share: 0.25 };
const ms = (value: number): string => `${Math.round(value)} ms`;
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
  const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
  const total = polls.reduce((sum, poll) => sum + bytesOf(poll), 0);
  const cost = `${polls.length} polls, ${total.toLocaleString('en')} bytes`;
  if (mean >= wanted.delay)
    return {
      passed: false,
      message: `On average the reader had its news ${ms(mean)} after the server (${cost}); it takes less than ${ms(wanted.delay)}. News waits for half the interval.`,
    };
  const empty = polls.filter((poll) => responseOf(poll)?.text.startsWith('{"messages":[]') ?? false);
  const one = empty.reduce((sum, poll) => sum + bytesOf(poll), 0) / empty.length;
  const told = Number(/\r\n\r\n(.*)$/s.exec(bodyOf(exchanges.find(isOn('~bytes-of-an-empty-poll'))))?.[1] ?? NaN);
  if (!(Math.abs(told - one) <= one * wanted.share)) {
    const content = Math.abs(told - 24) < 4 ? ' That is its content alone: header fields are bytes too.' : '';
    return {
      passed: false,
      message: `${ms(mean)} on average, for ${cost}: quick enough. You say that an empty poll takes ${Number.isNaN(told) ? 'nothing' : told} bytes; yours takes ${Math.round(one)}, there and back.${content}`,
    };
  }
  return {
    passed: true,
    message: `${ms(mean)} on average. It cost ${cost}; ${empty.length} polls brought nothing, for ${Math.round(one)} bytes each.`,
  };
};

/** A request as text, head and body. */
function bodyOf(exchange: HttpExchange | undefined): string {
  const bytes = exchange?.request.bytes ?? '';
  return bytes.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}

export default check;
