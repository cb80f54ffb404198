/** Runs a lesson's program against the stock server, over the link that its page sets, for comparison with the recorded trace. */
import { globSync, readFileSync } from 'node:fs';
import { transform } from 'sucrase';
import { frameOf } from '../../../protocol/trace/payload.ts';
import { fromHex, type Trace, type TraceEvent } from '../../../protocol/trace/trace.ts';
import { headerLengthOf } from '../../../protocol/wire/frame.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import { type ClientProgram, runStock, type StockRun } from './run-stock.ts';

/** Returns the link that the page of an example sets. */
function linkOf(example: string): Partial<LinkConditions> {
  const link = new RegExp(`<Playground example="${example}" link=\\{\\{ ([^}]*) \\}\\}`);
  for (const file of globSync('content/*/index.mdx')) {
    const [, given] = link.exec(readFileSync(file, 'utf8')) ?? [];
    if (given === undefined) continue;
    const pairs = given.split(', ').map((pair) => pair.split(': '));
    return Object.fromEntries(pairs.map(([name, value]) => [name, Number(value)])) as Partial<LinkConditions>;
  }
  throw new Error(`No page shows ${example} with a link.`);
}

const AsyncFunction = (async () => undefined).constructor as new (
  ...parameters: string[]
) => (...given: unknown[]) => Promise<void>;

/** Returns a client that runs a lesson's source, with the globals that the lessons use. */
function clientOf(source: string): ClientProgram {
  const { code } = transform(source, { transforms: ['typescript'], disableESTransforms: true });
  return async ({ WebSocket, EventSource, fetch, clock, log, random }) => {
    const globals: Record<string, unknown> = {
      WebSocket,
      EventSource,
      fetch,
      setTimeout: (callback: () => void, ms: unknown) => clock.set(callback, ms, false),
      setInterval: (callback: () => void, ms: unknown) => clock.set(callback, ms, true),
      clearTimeout: (id: unknown) => clock.clear(id),
      clearInterval: (id: unknown) => clock.clear(id),
      performance: { now: () => clock.read() },
      Math: Object.assign(Object.create(Math) as object, { random }),
      console: { log: (...values: unknown[]) => log.push(values.map(String).join(' ')) },
    };
    await new AsyncFunction(...Object.keys(globals), code)(...Object.values(globals));
  };
}

/** Runs the program of an example to its end, or another that is beside it. */
export async function runLesson(example: string, file = 'client.ts'): Promise<StockRun> {
  const program = clientOf(readFileSync(`content/${example}/${file}`, 'utf8'));
  const run = await runStock({ A: program }, { conditions: linkOf(example) });
  return { ...run, trace: inSession(run.trace) };
}

const latin1 = (hex: string): string => Buffer.from(hex, 'hex').toString('latin1');

/** Returns the trace as if its addresses were in a session: recorded ones are. */
function inSession(trace: Trace): Trace {
  const events = trace.events.map((event): TraceEvent => {
    if (event.name !== 'handshake_sent' || event.direction !== 'client-to-server' || !event.bytes) return event;
    const request = latin1(event.bytes).replace('GET /', `GET /s/session.${event.connection}/`);
    return { ...event, bytes: Buffer.from(request, 'latin1').toString('hex') };
  });
  return { ...trace, events };
}

/**
 * Returns the bytes that an end wrote on each connection, in order, as hex and handshakes as text: without the masking key of a
 * frame, without the accept key of an answer, and without the body of a refusal, which the switch does not record. Requests are
 * left out: what a browser says of itself differs.
 */
export function writtenBytes({ events }: Trace, direction: Direction): string[] {
  return events
    .flatMap((event) => {
      if (!('direction' in event) || event.direction !== direction) return [];
      if (event.name === 'frame_sent') return [`${event.connection} ${unmasked(event)}`];
      if (event.name !== 'handshake_sent' || direction === 'client-to-server') return [];
      // The recorded refusals are from before the live server left this field out.
      const [head = ''] = latin1(event.bytes ?? '')
        .replace('Access-Control-Allow-Origin: *\r\n', '')
        .split('\r\n\r\n', 1);
      return [`${event.connection} ${head.replace(/(?<=Accept: ).*/, '…')}`];
    })
    .sort(byConnection);
}

/** Keeps the order of what is of one connection: how connections interleave is the machine's affair. */
const byConnection = (one: string, other: string): number => {
  const [a = '', b = ''] = [one.split(' ', 1)[0], other.split(' ', 1)[0]];
  return a < b ? -1 : a > b ? 1 : 0;
};

function unmasked(event: Extract<TraceEvent, { name: 'frame_sent' }>): string {
  const frame = frameOf({ captured: event });
  if (!frame) throw new Error(`A frame of ${event.connection} has no bytes.`);
  const header = fromHex(event.bytes).subarray(0, headerLengthOf((frame.bytes[1] as number) & 0x7f));
  return Buffer.concat([header, frame.payload]).toString('hex');
}
