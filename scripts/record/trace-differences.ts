/**
 * Tells whether a run of an example still shows what its recorded trace shows. Compares what does not depend on the machine: the
 * connections and how they ended; on each, in each direction, every frame's kind, flags and payload; every exchange; and how long
 * the link takes for each of these, as the link itself computed. Measured times only have a lower bound: nothing takes less than
 * the link and the program's own waits, and a busy machine may add any amount. Masking keys, accept keys, sessions and the fields
 * of a browser's own request differ from run to run.
 */
import type { Varies } from '../../protocol/messages/exercise.ts';
import { exchangesOf } from '../../protocol/trace/exchange-index.ts';
import type { Flight } from '../../protocol/trace/flight.ts';
import { flightsOf } from '../../protocol/trace/flight-index.ts';
import { Opcode, opcodeName } from '../../protocol/wire/frame.ts';
import { capturedPayload } from '../../protocol/trace/payload.ts';
import { type CapturedFrame, fromHex, type Trace } from '../../protocol/trace/trace.ts';
import type { Direction } from '../../protocol/wire/direction.ts';
import { linkDifferences, quickerThanLink } from './link-times.ts';
import { wholeMs } from '../../protocol/words/duration.ts';

const directions: readonly Direction[] = ['client-to-server', 'server-to-client'];
/** How much shorter than the recording a run may be (ms or share, whichever is more): the recording machine added time too. */
const shorter = { ms: 1000, share: 0.4 };

/** Returns a sentence for each difference; an empty list if the run agrees with the trace. */
export function traceDifferences(recorded: Trace, run: Trace, varies: Varies = {}): string[] {
  const asFar = varies.number !== undefined;
  const differences = listDifferences('connections', connectionsOf(recorded), connectionsOf(run), asFar);
  const inBoth = recorded.connections.filter(({ id }) => !asFar || run.connections.some((other) => other.id === id));
  for (const { id, url } of inBoth) {
    const compare = (what: string, tell: (trace: Trace) => string[]): void =>
      void differences.push(...listDifferences(`${id} ${url}, ${what}`, tell(recorded), tell(run), asFar));
    compare('at the client', (trace) => clientEvents(trace, id));
    if (varies.frames !== undefined) continue;
    for (const direction of directions) {
      // Pings and pongs follow their own clock, so it is chance which messages they fall between. The same goes for a Close if
      // the number of messages before it varies.
      const isBeat = (opcode = -1): boolean => opcode === Opcode.ping || opcode === Opcode.pong;
      const isApart = (opcode = -1): boolean => isBeat(opcode) || (asFar && opcode === Opcode.close);
      compare(direction, (trace) => frames(trace, id, direction, varies, (opcode) => !isApart(opcode)));
      compare(`pings and pongs ${direction}`, (trace) => frames(trace, id, direction, varies, isBeat));
      if (asFar)
        compare(`Close ${direction}`, (trace) => frames(trace, id, direction, varies, (opcode) => opcode === Opcode.close));
    }
    compare('exchanges', (trace) => exchanges(trace, id, varies));
    differences.push(...linkDifferences(recorded, run, id));
  }
  return [...differences, ...quickerThanLink(run), ...shorterThanRecorded(recorded, run)];
}

/** Returns the first difference of two lists: later ones follow from it. With `asFar`, one list may end before the other. */
function listDifferences(where: string, recorded: readonly string[], run: readonly string[], asFar: boolean): string[] {
  if (asFar) {
    const both = Math.min(recorded.length, run.length);
    return listDifferences(where, recorded.slice(0, both), run.slice(0, both), false);
  }
  const at = recorded.findIndex((line, i) => line !== run[i]);
  const tell = (line: string | undefined): string => line ?? 'nothing more';
  if (at >= 0) return [`${where}, number ${at + 1}: the trace has ${tell(recorded[at])}, the run ${tell(run[at])}`];
  if (run.length > recorded.length)
    return [`${where}, number ${recorded.length + 1}: the trace has nothing more, the run ${tell(run[recorded.length])}`];
  return [];
}

function connectionsOf({ connections }: Trace): string[] {
  return connections.map(({ id, client, url }) => `${id} ${url} of client ${client}`);
}

function clientEvents({ events }: Trace, id: string): string[] {
  return events.flatMap((event) => {
    if (event.at !== 'client' || event.connection !== id) return [];
    if (event.name === 'connection_opened') return ['opened'];
    if (event.name === 'close_called') return [`close(${event.code ?? ''}) called`];
    if (event.name !== 'connection_closed') return [];
    return [`closed ${event.code} "${event.reason}", ${event.wasClean ? 'clean' : 'not clean'}`];
  });
}

function frames(
  trace: Trace,
  id: string,
  direction: Direction,
  varies: Varies,
  isCounted: (opcode: number | undefined) => boolean,
): string[] {
  // Leave requests and responses to their exchanges: what a browser says of itself in them differs.
  const isFrame = ({ kind }: Flight): boolean => kind === 'frame' || kind === 'handshake';
  return flightsOf(trace)
    .filter((flight) => flight.connection === id && flight.direction === direction && isFrame(flight))
    .filter(({ captured }) => isCounted(captured?.opcode))
    .map(({ kind, captured, dropped, receivedAt }) => {
      const fate = varies.number !== undefined ? '' : dropped ? ', dropped' : receivedAt === undefined ? ', not received' : '';
      if (kind === 'handshake') return `handshake ${startLine(captured?.bytes ?? '')}${fate}`;
      return captured ? `${frameText(captured, varies)}${fate}` : `a frame that was not captured${fate}`;
    });
}

/** Returns the first line of a request or response, without the session in its address. */
function startLine(hex: string): string {
  const [line = ''] = asText(fromHex(hex)).split('\r\n', 1);
  return line.replace(/\/s\/[^/]+\/[^/]+/, '');
}

function frameText(frame: CapturedFrame, varies: Varies): string {
  const name = opcodeName(frame.opcode);
  // The sender decides whether to compress a message, and how well (RFC 7692 §6).
  if (varies.compression !== undefined && frame.masked && frame.opcode < Opcode.close) return `${name}, masked`;
  const flags = `${frame.fin ? '' : ', not final'}${frame.rsv > 0 ? `, RSV ${frame.rsv}` : ''}${frame.masked ? ', masked' : ''}`;
  if (varies.payloads !== undefined) return `${name}${flags}`;
  const payload = capturedPayload(frame);
  const text = frame.opcode === Opcode.text ? JSON.stringify(asText(payload)) : Buffer.from(payload).toString('hex');
  return `${name}${flags}, ${frame.length} bytes ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`;
}

function exchanges(trace: Trace, id: string, varies: Varies): string[] {
  return exchangesOf(trace)
    .filter(({ connection, method }) => connection === id && method !== 'OPTIONS')
    .map(({ method, target, status, parts, complete }) => {
      const content = parts.reduce((sum, { length }) => sum + length, 0);
      const said = varies.payloads === undefined ? `, ${content} bytes of content` : '';
      return `${method} ${target} → ${status ?? 'no answer'}${said}${complete === false ? ', not whole' : ''}`;
    });
}

function shorterThanRecorded(recorded: Trace, run: Trace): string[] {
  const [before, now] = [spanOf(recorded), spanOf(run)];
  if (before - now <= Math.max(shorter.ms, before * shorter.share)) return [];
  return [`all of it took ${wholeMs(before)} in the trace and ${wholeMs(now)} in the run`];
}

function spanOf({ events }: Trace): number {
  const times = events.map(({ time }) => time);
  return times.length === 0 ? 0 : Math.max(...times) - Math.min(...times);
}

const asText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
