import type { Check } from '../../../protocol/messages/exercise.ts';
import { channelOf, deliveriesOf, postsOf } from '../../../protocol/measures/delivery.ts';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { inSeconds } from '../../../protocol/words/duration.ts';

/** `cutAfter`: what the address asks for, ms. */
const wanted = { posted: 6, cuts: 2, cutAfter: 900, requests: 25 };

/** Every item heard, by requests that were held, over a line that was cut at least twice. */
const check: Check = (trace) => {
  const exchanges = exchangesOf(trace).filter(({ method }) => method !== 'OPTIONS');
  if (exchanges.length === 0) return { passed: false, message: 'Nothing was asked in this run.' };
  const posted = postsOf(exchanges);
  if (posted.length < wanted.posted)
    return { passed: false, message: `Only ${posted.length} items were posted; leave the newsroom its ${wanted.posted}.` };
  const questions = exchanges.filter((exchange) => /poll$/.test(channelOf(exchange)?.what ?? ''));
  const heard = deliveriesOf(exchanges).filter(({ postedAt }) => postedAt !== undefined);
  const cuts = questions.filter(({ reason, client }) => client?.outcome === 'failed' || reason === 'The link was cut.').length;
  const missed = posted.filter(({ id }) => !heard.some((delivery) => delivery.id === id));
  const asked = questions.length === 1 ? '1 question' : `${questions.length} questions`;
  const seen = `${asked}, ${cuts} of them cut off: the server was given ${posted.length} items, and the reader heard ${heard.length}`;
  if (questions.length > 0 && questions.every((exchange) => channelOf(exchange)?.what === 'poll'))
    return {
      passed: false,
      message: `${seen}. Every question went to /poll/~news, which answers at once: that is short polling. Ask /long-poll/~news, which can hold a question until there is something to say.`,
    };
  if (missed.length > 0) {
    // A question that is answered is open no more, though its answer is still on the way.
    const alone = missed.filter(
      ({ at }) =>
        !questions.some(
          ({ request, parts, endedAt }) =>
            (request.receivedAt ?? Infinity) <= at && at < (parts[0]?.sentAt ?? endedAt ?? Infinity),
        ),
    );
    const ids = missed.map(({ id }) => id).join(', ');
    const last = questions.at(-1);
    const endedAt = last?.client?.endedAt ?? Infinity;
    const why =
      last?.client?.outcome === 'failed' && missed.some(({ at }) => at > endedAt)
        ? `the question that was cut off at ${inSeconds(endedAt)} was the last. A cut makes fetch reject: catch that, and ask again.`
        : alone.length > 0 && !/[?&]after=/.test(last?.target ?? '')
          ? `${alone.length} of them came while no question was open at the server. Say in each question what came last.`
          : 'ask again after a cut, until the last item is there.';
    return { passed: false, message: `${seen}. Missed: ${ids}; ${why}` };
  }
  // One that was cut off while the server held it was held, too.
  const held = questions.filter(
    ({ request, parts, endedAt }) => (parts[0]?.sentAt ?? endedAt ?? 0) - (request.receivedAt ?? Infinity) > 200,
  ).length;
  if (questions.length > wanted.requests || held === 0)
    return {
      passed: false,
      message: `Nothing was missed, but it took ${questions.length} questions, and the server held ${held} of them: that is short polling. Ask /long-poll/~news, which can hold a question until there is something to say.`,
    };
  // A busy machine asks less often, and is cut off less often: what counts is that each question asked for it.
  const asksForCuts = questions.every(({ target }) => Number(/[?&]cut=(\d+)/.exec(target)?.[1] ?? Infinity) <= wanted.cutAfter);
  if (cuts < (asksForCuts ? 1 : wanted.cuts))
    return { passed: false, message: `${seen}, but the line was cut only ${cuts} times: leave cut=900 in the address.` };
  const mean = heard.reduce((sum, { postedAt = 0, heardAt }) => sum + heardAt - postedAt, 0) / heard.length;
  return { passed: true, message: `${seen}: all of them, ${Math.round(mean)} ms after the server on average.` };
};

export default check;
