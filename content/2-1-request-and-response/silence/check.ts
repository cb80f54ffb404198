import type { Check } from '../../../protocol/messages/exercise.ts';
import { deliveriesOf, postsOf } from '../../../protocol/measures/delivery.ts';
import type { HttpExchange } from '../../../protocol/trace/exchange.ts';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { inSeconds } from '../../../protocol/words/duration.ts';

const wanted = 1500;

/** News that the server had, with no request open and no byte from it, for long enough; and that a request then fetched. */
const check: Check = (trace) => {
  const exchanges = exchangesOf(trace).filter(({ method }) => method !== 'OPTIONS');
  if (exchanges.length === 0) return { passed: false, message: 'Nothing was asked in this run.' };
  const [post] = postsOf(exchanges);
  if (!post) return { passed: false, message: 'The server had nothing to say: first post a message to it, at /messages/~news.' };
  const delivery = deliveriesOf(exchanges).find(({ id, channel }) => id === post.id && channel === post.channel);
  const answeredAt = endOf(exchanges.find(({ parts }) => parts[0]?.sentAt === post.at)) ?? post.at;
  const lastAt = Math.max(...trace.events.map(({ time }) => time));
  const asked = exchanges.filter(({ startedAt, method }) => startedAt > answeredAt && method === 'GET');
  const until = asked[0]?.startedAt ?? lastAt;
  const open = exchanges.find(
    (exchange) =>
      exchange.method === 'GET' && exchange.startedAt <= answeredAt && (endOf(exchange) ?? Infinity) > answeredAt + 200,
  );
  if (open)
    return {
      passed: false,
      message: `While the server had its news, a request was open: ${open.method} ${open.target}. It could have been answered at any moment, so its silence is no proof. Leave no request open.`,
    };
  if (!delivery)
    return {
      passed: false,
      message:
        'The server had news, and nobody asked for it: it never came. Ask for it in the end, to show that the server had it.',
    };
  const silence = until - answeredAt;
  if (silence < wanted)
    return {
      passed: false,
      message: `Between the answer to your POST and your next request there were ${inSeconds(silence)}. That is too short to prove anything: leave the server at least ${inSeconds(wanted)} in which it could speak.`,
    };
  return {
    passed: true,
    message: `For ${inSeconds(silence)} the server had news and no request to answer, and it sent no byte. ${inSeconds(delivery.heardAt - until)} after you asked, you had it.`,
  };
};

/** When the exchange was over for the program. */
const endOf = (exchange: HttpExchange | undefined): number | undefined => exchange?.client?.headAt ?? exchange?.endedAt;

export default check;
