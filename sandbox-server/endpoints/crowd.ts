import type { CrowdReport } from '../../protocol/messages/crowd-report.ts';
import { takePlace } from './connection-place.ts';
import type { Cancel, Endpoint, Timers } from './endpoint.ts';
import { parseShallow } from './shallow-json.ts';
import type { Shares } from './shares.ts';

export type { CrowdReport };

/** The outcome of one attempt: nobody listened, the server had too much to do, or it took the connection. */
export type Outcome = 'down' | 'refused' | 'open';

/** What the crowd reports, such as each client's attempts after the restart. */
export interface CrowdListener {
  /** All clients are connected, and the server restarts now. */
  restarted(): void;
  attempted(outcome: Outcome): void;
  /** Every client is connected again or has no attempt left, or it has all taken too long. */
  ended(): void;
  /** The crowd cannot go on; `reason` is a sentence of at most 123 bytes. */
  failed(reason: string): void;
}

/**
 * Connects one client for each list to a server, restarts that server, and lets each client come back: the n-th delay of a
 * client is the ms between its last failure and its n-th attempt. Returns a function that ends the crowd.
 */
export type StartCrowd = (delays: readonly (readonly number[])[], listener: CrowdListener) => Cancel;

/** The most clients, the most attempts of each, the longest delay in ms, and the stretch that one report covers, in ms. */
const most = { clients: 50, attempts: 12, delay: 10_000 };
const stretch = 100;

/**
 * `ws /crowd`: takes delays, and reports how a crowd of real clients with these delays comes back after a restart. Each crowd
 * takes one of the `places`.
 */
export function createCrowd(timers: Timers, start: StartCrowd, places: Shares): Endpoint {
  return {
    path: '/crowd',
    usage: '/crowd',
    summary: `takes [[ms, …], …], for up to ${most.clients} clients the delays before each attempt; connects them to a server of their own, restarts it, and reports what became of their attempts`,
    accept: () => (connection) => {
      let isStarted = false;
      connection.onMessage((data) => {
        const delays = readDelays(data);
        if (typeof delays === 'string') return connection.close(1008, delays);
        if (isStarted)
          return connection.close(1008, 'A connection can start only one crowd: open another connection for the next.');
        isStarted = true;
        let cancel: Cancel = () => undefined;
        const stop = takePlace(connection, places, () => cancel());
        if (!stop) return;
        const report = reporter(timers, delays.length, (text) => connection.send(text));
        cancel = start(delays, {
          restarted: connection.guarded(() => report.restarted()),
          attempted: connection.guarded((outcome: Outcome) => report.attempted(outcome)),
          ended: connection.guarded(() => {
            report.ended();
            stop();
          }),
          failed: connection.guarded((reason: string) => {
            stop();
            connection.close(1013, reason);
          }),
        });
        connection.onClose(stop);
      });
    },
  };
}

/** Counts the clients' attempts in stretches of time, and sends a report for each stretch that had any. */
function reporter(timers: Timers, clients: number, send: (text: string) => void): Omit<CrowdListener, 'failed'> {
  let begun = 0;
  let now = { time: 0, down: 0, refused: 0, open: 0 };
  let connected = 0;
  let attempts = 0;
  const flush = (ending: boolean): void => {
    if (now.down + now.refused + now.open === 0 && !ending) return;
    const report: CrowdReport = { ...now, connected, ...(ending && { attempts, gaveUp: clients - connected }) };
    send(JSON.stringify(report));
  };
  return {
    restarted: () => (begun = timers.now()),
    attempted(outcome) {
      const time = Math.floor((timers.now() - begun) / stretch) * stretch;
      if (time !== now.time) {
        flush(false);
        now = { time, down: 0, refused: 0, open: 0 };
      }
      now[outcome]++;
      attempts++;
      if (outcome === 'open') connected++;
    },
    ended: () => flush(true),
  };
}

/** Returns the delays, or a sentence of at most 123 bytes that says what is wrong. */
function readDelays(data: string | Uint8Array): number[][] | string {
  let json: unknown;
  try {
    json = parseShallow(typeof data === 'string' ? data : '');
  } catch {
    return 'A crowd takes JSON text, such as [[500, 1000, 2000], [500, 1000, 2000]].';
  }
  if (!Array.isArray(json) || json.length === 0 || json.length > most.clients)
    return `A crowd takes 1 to ${most.clients} lists, one for each client.`;
  const isDelay = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= most.delay;
  const isFine = json.every(
    (list) => Array.isArray(list) && list.length > 0 && list.length <= most.attempts && list.every(isDelay),
  );
  return isFine ? (json as number[][]) : `Each list has 1 to ${most.attempts} delays, each of 0 to ${most.delay} ms.`;
}
