import type { Check } from '../../../protocol/messages/exercise.ts';
import { deliveriesOf } from '../../../protocol/measures/delivery.ts';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';

const wanted = { ticks: 15, cuts: 2 };

/** Every tick from the first to the last that was heard, over at least two cuts of the line. */
const check: Check = (trace) => {
  const exchanges = exchangesOf(trace);
  if (exchanges.length === 0) return { passed: false, message: 'Nothing was asked in this run.' };
  const ids = [...new Set(deliveriesOf(exchanges).map(({ id }) => id))].sort((a, b) => a - b);
  const cuts = exchanges.filter(({ reason, client }) => reason === 'The link was cut.' && client?.outcome !== undefined).length;
  const first = ids[0];
  const last = ids.at(-1);
  if (first === undefined || last === undefined)
    return { passed: false, message: 'No tick was heard. Listen to the ticker with an EventSource.' };
  const missing = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((id) => !ids.includes(id));
  const times = `${cuts} ${cuts === 1 ? 'time' : 'times'}`;
  if (missing.length > 0)
    return {
      passed: false,
      message: `The line was cut ${times}, and of the ticks from ${first} to ${last} you heard ${ids.length}. Missing: ${missing.length}, such as ${missing.slice(0, 5).join(', ')}. A new EventSource knows nothing of the old one: who comes back has to say what was heard last.`,
    };
  if (cuts < wanted.cuts || ids.length < wanted.ticks)
    return {
      passed: false,
      message: `No tick is missing, but you heard ${ids.length}, and the line was cut ${times}; it takes ${wanted.ticks} ticks and ${wanted.cuts} cuts. Keep cut=1300 in the address, and listen for more than five seconds.`,
    };
  return { passed: true, message: `Ticks ${first} to ${last}, all ${ids.length} of them, though the line was cut ${times}.` };
};

export default check;
