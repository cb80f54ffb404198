/** A server by hand, and a program with the in-page `WebSocket`, for tests. */
import { encodeFrame, type Frame, type FrameFields, FrameParser, Opcode } from '../../../protocol/wire/frame.ts';
import { acceptFor, asciiBytes, fieldValue, parseHttpHead } from '../../../protocol/wire/handshake.ts';
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import { emptyTrace, type TraceEvent } from '../../../protocol/trace/trace.ts';
import { effectsBeforeCauses } from '../../../protocol/trace/effects-before-causes.ts';
import type { Socket } from '../../program/network.ts';
import type { Surroundings } from '../../program/program.ts';
import { runPrograms } from '../../testing/run-for-tests.ts';
import { createWebSocket } from '../create-web-socket.ts';
import type { RandomBytes } from '../parts.ts';

/** One connection as the server by hand has it. */
export interface ServerEnd {
  socket: Socket;
  clock: Surroundings['clock'];
  request: string;
  frame(fields: FrameFields): void;
  text(text: string): void;
  close(code?: number, reason?: string): void;
}

export interface ServerByHand {
  /** Returns the answer's head; by default what a WebSocket server answers. */
  answer?: (request: string) => string;
  onOpen?: (end: ServerEnd) => void;
  /** By default a Close is sent back, and TCP ended. */
  onFrame?: (frame: Frame, end: ServerEnd) => void;
}

/** Returns the answer that grants a request, with further lines. */
export function granting(request: string, ...more: string[]): string {
  const accept = acceptFor(fieldValue(parseHttpHead(request), 'Sec-WebSocket-Key') ?? '');
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  return [...lines, `Sec-WebSocket-Accept: ${accept}`, ...more, '', ''].join('\r\n');
}

/** Returns the body of a Close frame. */
export const closeBytes = (code?: number, reason = ''): Uint8Array =>
  code === undefined ? new Uint8Array(0) : Uint8Array.of(code >> 8, code & 0xff, ...new TextEncoder().encode(reason));

export function closesBack(frame: Frame, { frame: write, socket }: ServerEnd): void {
  if (frame.opcode !== Opcode.close) return;
  write({ opcode: Opcode.close, payload: frame.payload });
  socket.end();
}

function serve(socket: Socket, clock: Surroundings['clock'], server: ServerByHand, took: (frame: Frame) => void): void {
  const parser = new FrameParser();
  const end: ServerEnd = {
    socket,
    clock,
    request: '',
    frame: (fields) => socket.write(encodeFrame(fields)),
    text: (text) => end.frame({ opcode: Opcode.text, payload: new TextEncoder().encode(text) }),
    close: (code, reason) => end.frame({ opcode: Opcode.close, payload: closeBytes(code, reason) }),
  };
  socket.onEnd = () => socket.end();
  socket.onData = (bytes) => {
    if (end.request === '') {
      end.request = new TextDecoder().decode(bytes);
      socket.write(asciiBytes((server.answer ?? granting)(end.request)));
      server.onOpen?.(end);
      return;
    }
    for (const frame of parser.push(bytes)) {
      took(frame);
      (server.onFrame ?? closesBack)(frame, end);
    }
  };
}

/** Returns bytes that count up: a run's chance for tests. */
export function countingBytes(): RandomBytes {
  let next = 0;
  return (length) => Uint8Array.from({ length }, () => next++ & 0xff);
}

/** What a program in a test has. */
export interface Client extends Surroundings {
  WebSocket: typeof globalThis.WebSocket;
  log: string[];
}

export interface Conversed {
  log: string[];
  events: TraceEvent[];
  /** The frames that the server got. */
  frames: Frame[];
  errors: unknown[];
  now: number;
}

/** Runs a program against a server by hand on port 8080. Throws if the trace has an effect before its cause. */
export async function converse(
  program: (client: Client) => void | Promise<void>,
  server: ServerByHand = {},
  conditions: Partial<LinkConditions> = {},
): Promise<Conversed> {
  const log: string[] = [];
  const frames: Frame[] = [];
  const { events, errors, now } = await runPrograms(
    {
      server: ({ network, clock }) =>
        void network.listen(8080, (socket) => serve(socket, clock, server, (frame) => frames.push(frame))),
      A: (surroundings) => {
        const base = 'http://localhost:8080/lessons/';
        const WebSocket = createWebSocket({ ...surroundings, random: countingBytes(), base });
        return program({ ...surroundings, WebSocket, log });
      },
    },
    conditions,
  );
  const started = events.filter(({ name }) => name === 'connection_started');
  const connections = started.map(({ connection }) => ({ id: connection, client: 'A', url: '' }));
  const wrong = effectsBeforeCauses({ ...emptyTrace('in-page'), connections, events });
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return { log, events, frames, errors, now };
}

/** Writes down each event of a WebSocket, with the state in which it finds it. */
export function listen(ws: WebSocket, log: string[]): WebSocket {
  ws.addEventListener('open', () => log.push(`open ${ws.readyState}`));
  ws.addEventListener('message', ({ data }) => log.push(`message ${ws.readyState} ${String(data)}`));
  ws.addEventListener('error', () => log.push(`error ${ws.readyState}`));
  ws.addEventListener('close', ({ code, reason, wasClean }) =>
    log.push(`close ${ws.readyState} ${code} ${reason || '-'} ${wasClean}`),
  );
  return ws;
}

/** Returns the name, code and words of the DOMException, or the name and words of another error, that `act` throws. */
export function thrownBy(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof DOMException) return `${error.name} ${error.code}: ${error.message}`;
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  return 'nothing';
}
