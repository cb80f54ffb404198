import type { Check } from '../../../protocol/messages/exercise.ts';
import { type Flight, isData } from '../../../protocol/trace/flight.ts';
import { textOf } from '../../../protocol/trace/payload.ts';

/** Words to be heard in all, and of each station. */
const wanted = { words: 20, each: 5 };

/** Two stations of one half-duplex channel say twenty words between them: each is heard, and none is lost to a collision. */
const check: Check = (trace, flights) => {
  const fail = (message: string) => ({ passed: false, message });
  if (trace.connections.length === 0) return fail('No connection was opened in this run.');
  const told = flights.filter((flight) => isData(flight) && flight.direction === 'server-to-client').map(toldBy);
  const heard = new Map<string, Set<string>>();
  for (const { type, text = '', connection } of told)
    if (type === 'heard') heard.set(connection, (heard.get(connection) ?? new Set()).add(text));
  const counts = [...heard.values()].map(({ size }) => size).sort((a, b) => b - a);
  const words = counts.reduce((sum, count) => sum + count, 0);
  const lost = told.filter(({ type }) => type === 'lost').length;
  const refused = told.find(({ type }) => type === 'refused');
  if (!told.some(({ type }) => type === 'joined'))
    return fail('No station joined a channel. Open /half-duplex/ with a name, once for each station.');
  if (lost > 0)
    return fail(
      `${words} of ${wanted.words} words were heard, and ${lost} were lost: two stations were on the air at once. Where both do the same after a collision, both say it again at the same moment. Let something settle who speaks.`,
    );
  if (words < wanted.words)
    return fail(
      `No word was lost, but ${words} of ${wanted.words} were heard.${refused?.reason ? ` The channel refused one: "${refused.reason}"` : ' Let both stations come to an end before they close.'}`,
    );
  if (counts.length < 2 || (counts[1] ?? 0) < wanted.each)
    return fail(
      `${words} words were heard, and none was lost, but ${counts[0] ?? 0} of them came from one station: both stations have something to say, at least ${wanted.each} words each.`,
    );
  const turns = told.filter(({ type }) => type === 'granted').length;
  const how = turns > 0 ? `${turns} turns of the floor` : 'turns that you settled without a floor';
  return { passed: true, message: `${words} words were heard, ${counts.join(' and ')} of them, and none was lost, in ${how}.` };
};

/** What a half-duplex channel told a station. */
interface Told {
  connection: string;
  type?: string;
  text?: string;
  reason?: string;
}

function toldBy(flight: Flight): Told {
  const { connection } = flight;
  try {
    return { ...(JSON.parse(textOf(flight)) as Omit<Told, 'connection'>), connection };
  } catch {
    return { connection };
  }
}

export default check;
