import type { Check } from '../../../protocol/messages/exercise.ts';
import { requestOf, responseOf } from '../../../protocol/trace/http-message.ts';
import { postsOf } from '../../../protocol/measures/delivery.ts';
import type { HttpExchange } from '../../../protocol/trace/exchange.ts';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';

const wanted = { streams: 2, lines: 6, answers: 3 };
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Two event streams that both hear at least six posted lines, some of them said after one was heard. */
const check: Check = (trace) => {
  const exchanges = exchangesOf(trace).filter(({ method }) => method !== 'OPTIONS');
  if (exchanges.length === 0) return { passed: false, message: 'Nothing was asked in this run.' };
  const streams = exchanges.filter(({ client }) => client?.api === 'EventSource');
  const posted = postsOf(exchanges);
  const posts = exchanges.filter(({ method, status }) => method === 'POST' && status === 201);
  const seen = `${streams.length} ${streams.length === 1 ? 'stream' : 'streams'}, and ${posts.length} lines were said`;
  if (posts.length === 0) {
    const tried = streams.length > wanted.streams ? ` There were ${streams.length} questions for streams.` : '';
    return {
      passed: false,
      message: `0 lines were said.${tried} An EventSource cannot send; what goes back takes a request of its own: POST each line to /messages/~table.`,
    };
  }
  if (streams.length < wanted.streams)
    return { passed: false, message: `${seen}. A chat of two takes two listeners: one EventSource for each.` };
  if (posts.length < wanted.lines)
    return { passed: false, message: `${seen}. Let each of the two say three lines, ${wanted.lines} in all.` };
  const heard = streams.map(idsHeard);
  const deaf = heard.filter((ids) => posted.some(({ id }) => !ids.has(id))).length;
  if (deaf > 0)
    return {
      passed: false,
      message: `${seen}, but ${deaf} of the listeners did not hear all of them: ${heard.map(({ size }) => size).join(' and ')} events. Keep the streams open until the last line.`,
    };
  const firstHeard = Math.min(...streams.flatMap(({ client }) => client?.events.map(({ time }) => time) ?? []));
  const answers = posts.filter(({ startedAt }) => startedAt >= firstHeard).length;
  if (answers < wanted.answers)
    return {
      passed: false,
      message: `2 streams, and ${posts.length} lines were said, all heard; but ${answers === 0 ? 'nobody answered' : `only ${answers} were answers`}: at least ${wanted.answers} lines ought to be said after something was heard.`,
    };
  const up = sum(posts.map((post) => (requestOf(post)?.bytes ?? 0) + (responseOf(post)?.bytes ?? 0))) / posts.length;
  const events = streams.flatMap(({ parts }) => parts.slice(2).map(({ bytes = '' }) => bytes.length / 2));
  return {
    passed: true,
    message: `${posts.length} lines, each heard by both. To say one took ${Math.round(up)} bytes there and back, to hear one ${Math.round(sum(events) / events.length)}.`,
  };
};

const idsHeard = ({ client }: HttpExchange): Set<number> => new Set(client?.events.map(({ lastEventId }) => Number(lastEventId)));

export default check;
