/** A server of Node's `http`, and a program with the in-page `fetch` and `EventSource`, for tests. */
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import { effectsBeforeCauses } from '../../../protocol/trace/effects-before-causes.ts';
import { emptyTrace, type Trace } from '../../../protocol/trace/trace.ts';
import { createHttp } from '../../node/http/http.ts';
import type { IncomingMessage } from '../../node/http/incoming-message.ts';
import type { ServerResponse } from '../../node/http/server-response.ts';
import type { Surroundings } from '../../program/program.ts';
import { runPrograms } from '../../testing/run-for-tests.ts';
import { createEventSource } from '../event-source/create-event-source.ts';
import { createFetch, type FetchGlobals } from '../fetch/create-fetch.ts';
import { createXmlHttpRequest } from '../xml-http-request/create-xml-http-request.ts';
import { countingBytes } from './by-hand.ts';

/** What a program in a test has. */
export interface HttpClientProgram extends Surroundings, FetchGlobals {
  EventSource: typeof globalThis.EventSource;
  XMLHttpRequest: typeof globalThis.XMLHttpRequest;
  log: string[];
  /** Resolves so many ms of the run later. */
  wait: (ms: number) => Promise<void>;
}

/** What a server in a test has. */
export interface HttpServerProgram extends Surroundings {
  log: string[];
}

/** Answers a request. */
export type Serve = (req: IncomingMessage, res: ServerResponse, server: HttpServerProgram) => void;

export interface Exchanged {
  log: string[];
  trace: Trace;
  now: number;
}

/** The page's address. */
const base = 'http://localhost:8080/lessons/';

/**
 * Runs a program against a server on ports 8080, the page's, and 9090, another origin. Throws if the trace has an effect before its
 * cause, or if a program throws.
 */
export async function exchange(
  serve: Serve,
  program: (client: HttpClientProgram) => void | Promise<void>,
  conditions: Partial<LinkConditions> = {},
): Promise<Exchanged> {
  const log: string[] = [];
  const { events, errors, now } = await runPrograms(
    {
      server: (surroundings) => {
        const { createServer } = createHttp({ ...surroundings, random: countingBytes() });
        for (const port of [8080, 9090]) {
          createServer((req: IncomingMessage, res: ServerResponse) => serve(req, res, { ...surroundings, log })).listen(port);
        }
      },
      A: (surroundings) => {
        const { clock } = surroundings;
        const parts = { ...surroundings, random: countingBytes(), base };
        const apis = { EventSource: createEventSource(parts), XMLHttpRequest: createXmlHttpRequest(parts) };
        const globals = { ...createFetch(parts), ...apis };
        const wait = (ms: number): Promise<void> => new Promise((resolve) => void clock.set(() => resolve(), ms, false));
        return program({ ...surroundings, ...globals, log, wait });
      },
    },
    conditions,
  );
  if (errors.length > 0) throw errors[0];
  const names = new Set(events.map(({ connection }) => connection));
  const connections = [...names].map((id) => ({ id, client: 'A', url: '' }));
  const trace: Trace = { ...emptyTrace('in-page'), connections, events };
  const wrong = effectsBeforeCauses(trace);
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return { log, trace, now };
}

/** Returns the events as lines: time, vantage point and name, with what tells them apart. */
export function told({ events }: Trace): string[] {
  return events.map((event) => {
    const { time, at, connection, name } = event;
    const part = 'part' in event ? [`part ${event.part}`] : 'chunk' in event ? [`chunk ${event.chunk}`] : [];
    return [time, at, connection, name, ...part].join(' ');
  });
}

/** Returns how an error that a promise rejects with is seen. */
export const rejection = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => String(error),
  );
