/** Shows in figures what was sent: messages, bytes by purpose, and the time they took. */
import { isData, isHttp } from '../../../protocol/trace/flight.ts';
import { trafficOf } from '../../../protocol/measures/traffic.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { formatCount } from '../../../protocol/words/count.ts';
import { formatTime } from '../words/time.ts';

export function TrafficLine({ conversation: { connections, flights } }: { conversation: Conversation }) {
  const { messages, requests, bytes } = trafficOf({ connections: [], events: [] }, flights);
  const [up, down] = [bytes['client-to-server'], bytes['server-to-client']];
  const sum = (of: 'payload' | 'framing' | 'heads'): string => `${formatCount(up[of] + down[of])} B`;
  const took: number[] = [];
  for (const flight of flights) {
    if (flight.receivedAt !== undefined && (isData(flight) || isHttp(flight))) took.push(flight.receivedAt - flight.sentAt);
  }
  const delays = Float64Array.from(took).sort();
  // HTTP alone has no messages and never will.
  const isHttpAlone = connections.length > 0 && connections.every(({ kind }) => kind === 'http');
  const counted = `${messages['client-to-server']} → ${messages['server-to-client']} ←`;
  const figures = [
    ...(isHttpAlone ? [] : [['messages', counted]]),
    ['HTTP requests', formatCount(requests)],
    ['payload', sum('payload')],
    ['framing', sum('framing')],
    ['HTTP heads', sum('heads')],
    ['one way, median', formatDelay(delays[delays.length >> 1])],
    ['worst', formatDelay(delays.at(-1))],
  ];
  return (
    <ul class="tl-traffic" aria-label="What was sent">
      {figures.map(([name, value]) => (
        <li key={name}>
          {name} <b>{value}</b>
        </li>
      ))}
    </ul>
  );
}

const formatDelay = (ms: number | undefined): string => (ms === undefined ? '–' : formatTime(ms));
