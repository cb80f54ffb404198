import type { Held } from './all-endpoints.ts';
import { type Metric, processMetrics } from './metrics.ts';

/** What the sandbox has done since it started. */
export class Counters {
  upgrades = 0;
  taps = 0;
  sessions = 0;
  /** Refusals by their status. */
  readonly refusals = new Map<string, number>();

  refused(status: number): void {
    this.refusals.set(`${status}`, (this.refusals.get(`${status}`) ?? 0) + 1);
  }
}

/** What the sandbox holds at a moment. */
export interface Current extends Held {
  connections: number;
  exchanges: number;
  sessions: number;
  timers: number;
  /** HTTP exchanges since the start. */
  exchangesTotal: number;
}

/** All figures of the sandbox. */
export function sandboxMetrics(counters: Counters, current: Current): Metric[] {
  const gauge = (name: string, help: string, value: number): Metric => ({ name: `duplex_${name}`, help, type: 'gauge', value });
  const counter = (name: string, help: string, value: Metric['value']): Metric => ({
    name: `duplex_${name}_total`,
    help,
    type: 'counter',
    value,
  });
  return [
    gauge(
      'websocket_connections',
      'WebSocket connections that are open, taps and unfinished handshakes included.',
      current.connections,
    ),
    gauge('http_exchanges', 'HTTP exchanges with endpoints that are not over.', current.exchanges),
    gauge('event_streams', 'Streams of server-sent events that are open.', current.eventStreams),
    gauge('long_polls', 'Long polls that are held.', current.longPolls),
    gauge('sessions', 'Sessions that there are.', current.sessions),
    gauge('rooms', 'Broadcast rooms with somebody in them.', current.rooms),
    gauge('half_duplex_channels', 'Half-duplex channels with a station.', current.halfDuplexChannels),
    gauge('channels', 'Channels for messages over HTTP that are remembered.', current.channels),
    gauge('history_bytes', 'Bytes kept for those who come back to channels and rooms.', current.historyBytes),
    gauge('timers', 'Timers that wait.', current.timers),
    counter('websocket_upgrades', 'Upgrades taken since the start, those of taps not included.', counters.upgrades),
    counter('taps', 'Tap channels opened since the start.', counters.taps),
    counter('sessions_started', 'Sessions started since the start.', counters.sessions),
    counter('http_exchanges', 'HTTP exchanges with endpoints since the start.', current.exchangesTotal),
    counter('refusals', 'Requests and upgrades refused since the start, by status.', {
      label: 'status',
      values: counters.refusals,
    }),
    ...processMetrics(),
  ];
}
