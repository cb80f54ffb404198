/** Runs clients' programs against the stock server under virtual time, for tests. */
import { seededRandom } from '../../../protocol/collections/seeded-random.ts';
import { effectsBeforeCauses } from '../../../protocol/trace/effects-before-causes.ts';
import { emptyTrace, type Trace, type TraceEvent } from '../../../protocol/trace/trace.ts';
import { clientNameOf } from '../../../protocol/trace/client-name.ts';
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import { createWebSocket } from '../../browser/create-web-socket.ts';
import { createEventSource } from '../../browser/event-source/create-event-source.ts';
import { createFetch, type FetchGlobals } from '../../browser/fetch/create-fetch.ts';
import type { RandomBytes } from '../../browser/parts.ts';
import type { Surroundings } from '../../program/program.ts';
import type { Rest, RunBounds } from '../../switch/switch.ts';
import { runPrograms } from '../../testing/run-for-tests.ts';
import { linkInAddress } from '../link-in-address.ts';
import { startStockServer, type StockServerOptions } from '../start-stock-server.ts';

export const port = 4321;

/** What a client's program has. */
export interface ClientScope extends Surroundings, FetchGlobals {
  WebSocket: typeof globalThis.WebSocket;
  EventSource: typeof globalThis.EventSource;
  /** A number in [0, 1) of the run's seed. */
  random: () => number;
  log: string[];
}

export type ClientProgram = (scope: ClientScope) => void | Promise<void>;

export interface StockRun {
  log: string[];
  trace: Trace;
  errors: unknown[];
  rest: Rest;
  now: number;
}

export interface StockRunOptions extends Partial<StockServerOptions> {
  conditions?: Partial<LinkConditions>;
  bounds?: RunBounds;
}

const bytesFrom =
  (random: () => number): RandomBytes =>
  (length) =>
    Uint8Array.from({ length }, () => Math.floor(random() * 256));

/** Returns the connection, or the address asked by HTTP, that an event begins at a client. */
function begunBy(event: TraceEvent): Trace['connections'] {
  const of = { id: event.connection, client: clientNameOf(event.connection) };
  if (event.name === 'connection_started') return [{ ...of, url: event.url }];
  const isAsked = event.name === 'exchange_started' && event.at === 'client';
  return isAsked ? [{ ...of, url: event.target.replace(/[?#].*$/, ''), kind: 'http' }] : [];
}

/** Throws if the trace has an effect before its cause. */
export async function runStock(
  clients: Readonly<Record<string, ClientProgram>>,
  { conditions, bounds, ...options }: StockRunOptions = {},
): Promise<StockRun> {
  const log: string[] = [];
  const programs = Object.entries(clients).map(([name, program], i) => [
    name,
    (surroundings: Surroundings) => {
      const random = seededRandom(i + 1);
      const parts = {
        ...surroundings,
        random: bytesFrom(random),
        base: `http://localhost:${port}/lessons/`,
        linkOf: linkInAddress,
      };
      const apis = { WebSocket: createWebSocket(parts), EventSource: createEventSource(parts), ...createFetch(parts) };
      return program({ ...surroundings, ...apis, random, log });
    },
  ]);
  const server = (surroundings: Surroundings): void =>
    void startStockServer({ ...surroundings, random: bytesFrom(seededRandom(0)) }, { port, ...options });
  const { events, errors, rest, now } = await runPrograms({ server, ...Object.fromEntries(programs) }, conditions, bounds);
  const connections = new Map(events.flatMap(begunBy).map((connection) => [connection.id, connection]));
  const trace = { ...emptyTrace('in-page'), connections: [...connections.values()], events };
  const wrong = effectsBeforeCauses(trace);
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return { log, trace, errors, rest, now };
}

/** Opens an address, and writes down what its events say. */
export function watch(
  { WebSocket, log }: ClientScope,
  address: string,
  act: (ws: WebSocket) => void = () => undefined,
): WebSocket {
  const ws = new WebSocket(address);
  ws.binaryType = 'arraybuffer';
  ws.onopen = () => act(ws);
  ws.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) =>
    log.push(typeof data === 'string' ? data : `bytes ${[...new Uint8Array(data)].join(' ')}`);
  ws.onclose = ({ code, reason, wasClean }) => log.push(`closed ${code} "${reason}"${wasClean ? '' : ' uncleanly'}`);
  return ws;
}
