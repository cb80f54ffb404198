/** What was carried, in figures: messages, bytes by what they were for, and the time that they took. */
import { isData, isHttp } from '../../protocol/flight.ts';
import { trafficOf } from '../../protocol/traffic.ts';
import type { Conversation } from './conversation.ts';
import { formatTime } from './time.ts';

export function TrafficLine({ conversation: { flights } }: { conversation: Conversation }) {
  const { messages, requests, bytes } = trafficOf({ connections: [], events: [] }, flights);
  const [up, down] = [bytes['client-to-server'], bytes['server-to-client']];
  const sum = (of: 'payload' | 'framing' | 'heads'): string => `${(up[of] + down[of]).toLocaleString('en')} B`;
  const delays = flights.flatMap((flight) =>
    flight.receivedAt !== undefined && (isData(flight) || isHttp(flight)) ? [flight.receivedAt - flight.sentAt] : [],
  );
  delays.sort((a, b) => a - b);
  const figures = [
    ['messages', `${messages['client-to-server']} → ${messages['server-to-client']} ←`],
    ['HTTP requests', requests.toLocaleString('en')],
    ['payload', sum('payload')],
    ['framing', sum('framing')],
    ['HTTP heads', sum('heads')],
    ['one way, median', formatDelay(delays[delays.length >> 1])],
    ['worst', formatDelay(delays.at(-1))],
  ];
  return (
    <ul class="tl-traffic" aria-label="What was carried">
      {figures.map(([name, value]) => (
        <li key={name}>
          {name} <b>{value}</b>
        </li>
      ))}
    </ul>
  );
}

const formatDelay = (ms: number | undefined): string => (ms === undefined ? '–' : formatTime(ms));
