/** Whether several clients of one program, which lose their connections together, come back together. */
import type { Check } from '../../../protocol/messages/exercise.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';

/** Clients whose comings are this close to each other come in the same moment, ms. */
const moment = 10;

/** So many comings are looked at, and so many at least: that all of them are close by chance is out of the question. */
const comings = { most: 5, least: 3 };

export const clientsOf = ({ connections }: Trace): string[] => [...new Set(connections.map(({ client }) => client))];

/** No two clients come back in the same moment each time. */
export const comeApart: Check = (trace) => {
  const clients = clientsOf(trace).map((name) => ({ name, times: comingsOf(trace, name) }));
  const pairs = clients.flatMap((one, i) => clients.slice(i + 1).map((other) => [one, other] as const));
  const together = pairs.find(([one, other]) => isTogether(one.times, other.times));
  if (!together) return { passed: true, message: `${clients.length} clients came back apart.` };
  const [one, other] = together;
  const times = one.times.slice(0, comings.most).map((time) => Math.round(time));
  return {
    passed: false,
    message: `Clients ${one.name} and ${other.name} lost their connections together, and came back together each time, at ${times.join(', ')} ms. Fifty would do so too, however long they wait: wait for a random time.`,
  };
};

function isTogether(one: readonly number[], other: readonly number[]): boolean {
  const count = Math.min(one.length, other.length, comings.most);
  return count >= comings.least && one.slice(0, count).every((time, i) => Math.abs(time - (other[i] as number)) < moment);
}

/** When a client's listener came back, ms of the run. Its station is the connection that it sends on. */
function comingsOf({ connections, events }: Trace, client: string): number[] {
  const stations = new Set(events.filter(({ name }) => name === 'message_sent').map(({ connection }) => connection));
  const listeners = new Set(connections.filter(({ id, client: of }) => of === client && !stations.has(id)).map(({ id }) => id));
  return events
    .filter(({ name, connection }) => name === 'connection_started' && listeners.has(connection))
    .map(({ time }) => time)
    .slice(1);
}
