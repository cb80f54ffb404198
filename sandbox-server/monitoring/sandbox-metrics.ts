import type { Held } from '../adapters/all-endpoints.ts';
import { type Metric, processMetrics } from './prometheus.ts';

/** Called for a refusal with its status, and with the option that caused it, if one did. */
export type Refused = (status: number, limit?: string) => void;

/** Counts what the sandbox has done since it started. */
export class Counters {
  upgrades = 0;
  taps = 0;
  sessions = 0;
  /** Our own faults that the process survived. */
  faults = 0;
  /** Refusals by their status. */
  readonly refusals = new Map<string, number>();
  /** Closed WebSocket connections by the code of the Close that we sent; 1006 if we sent none. */
  readonly closes = new Map<string, number>();
  /** How often a limit refused or closed something, by the limit's option. */
  readonly limits = new Map<string, number>();
  /** How often something gave way to others, by the limit's option. */
  readonly yields = new Map<string, number>();

  refused(status: number, limit?: string): void {
    add(this.refusals, `${status}`);
    if (limit) add(this.limits, limit);
  }

  closed(code: number, limit: string | undefined): void {
    add(this.closes, `${code}`);
    if (limit) add(this.limits, limit);
  }

  gaveWay(limit: string): void {
    add(this.yields, limit);
  }
}

const add = (counts: Map<string, number>, of: string): void => void counts.set(of, (counts.get(of) ?? 0) + 1);

/** How much the sandbox holds at one moment. */
export interface Current extends Held {
  connections: number;
  exchanges: number;
  sessions: number;
  /** Client addresses that hold something, or did recently. */
  addresses: number;
  /** Refusals that wait to be answered. */
  heldRefusals: number;
  /** Bytes that wait for clients. */
  queuedBytes: number;
  timers: number;
  /** HTTP exchanges since the start. */
  exchangesTotal: number;
}

/** Returns all figures of the sandbox. */
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
    gauge('http_exchanges', 'HTTP exchanges with endpoints that are not over yet.', current.exchanges),
    gauge('event_streams', 'Streams of server-sent events that are open.', current.eventStreams),
    gauge('long_polls', 'Long polls that are held.', current.longPolls),
    gauge('sessions', 'Sessions that are open.', current.sessions),
    gauge('client_addresses', 'Client addresses that hold something, or did recently.', current.addresses),
    gauge('held_refusals', 'Refusals held back because their address has had many.', current.heldRefusals),
    gauge('rooms', 'Broadcast rooms with somebody in them.', current.rooms),
    gauge('half_duplex_channels', 'Half-duplex channels with a station.', current.halfDuplexChannels),
    gauge('channels', 'Channels for messages over HTTP that are remembered.', current.channels),
    gauge('history_bytes', 'Bytes kept for those who come back to channels and rooms.', current.historyBytes),
    gauge('queued_bytes', 'Bytes waiting for clients to read them.', current.queuedBytes),
    gauge('timers', 'Timers that are pending.', current.timers),
    counter('websocket_upgrades', 'Upgrades accepted since the start, without those of taps.', counters.upgrades),
    counter('taps', 'Tap channels opened since the start.', counters.taps),
    counter('sessions_started', 'Sessions started since the start.', counters.sessions),
    counter('http_exchanges', 'HTTP exchanges with endpoints since the start.', current.exchangesTotal),
    counter('faults', 'Faults of the server that it survived since the start; its log says what they were.', counters.faults),
    counter('refusals', 'Requests and upgrades refused since the start, by status.', {
      label: 'status',
      values: counters.refusals,
    }),
    counter('websocket_closes', 'WebSocket connections closed since the start, by the code of the Close that the server sent.', {
      label: 'code',
      values: counters.closes,
    }),
    counter('limits_reached', 'Refusals and closes since the start, by the option that caused them.', {
      label: 'limit',
      values: counters.limits,
    }),
    counter(
      'gave_way',
      'Connections, sessions and the like ended since the start to make room for others, by the option that limits them.',
      {
        label: 'limit',
        values: counters.yields,
      },
    ),
    ...processMetrics(),
  ];
}
