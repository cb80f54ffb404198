import { describe, expect, test } from 'vitest';
import { flightsOf } from '../../../protocol/trace/flight-index.ts';
import { encodeFrame } from '../../../protocol/wire/frame.ts';
import { type Trace, type TraceEvent, emptyTrace, toHex } from '../../../protocol/trace/trace.ts';
import check from './check.ts';

const room = '/broadcast/~numbers';

/** A frame of text on its way, sent at `time`, at the program or the server 20 ms later, and `late` ms after that where it is the program's. */
function frame(connection: string, number: number, text: string, time: number, late = 0): TraceEvent[] {
  const isUp = connection === 'A1';
  const on = { connection, direction: isUp ? 'client-to-server' : 'server-to-client', frame: number } as const;
  const payload = new TextEncoder().encode(text);
  const bytes = toHex(encodeFrame({ opcode: 1, payload, maskingKey: isUp ? Uint8Array.of(1, 2, 3, 4) : undefined }));
  const wire = { fin: true, rsv: 0, opcode: 1, masked: isUp, length: payload.length, bytes, message: number };
  const seen = { connection, at: 'client', message: number, kind: 'text', length: payload.length } as const;
  return [
    ...(isUp ? [{ ...seen, time, name: 'message_sent' } as const] : []),
    { ...on, ...wire, time, at: isUp ? 'socket' : 'server', name: 'frame_sent' },
    { ...on, time, at: 'link', name: 'frame_departed', takes: 20 },
    { ...on, time: time + 20, at: isUp ? 'server' : 'socket', name: 'frame_received' },
    ...(isUp ? [] : [{ ...seen, time: time + 20 + late, name: 'message_received' } as const]),
  ];
}

/** A listener that hears forty numbers over cuts, and comes back after these waits; it gives up where they are over. */
function run(waits: readonly number[], late = 0): Trace {
  const events: TraceEvent[] = [];
  const connections = [{ id: 'A1', client: 'A', url: room }];
  const closings = { code: 1006, reason: '', wasClean: false } as const;
  let [begun, listener, heard] = [0, 1, 0];
  const listen = (): string => {
    const id = `A${++listener}`;
    connections.push({ id, client: 'A', url: `${room}?cut=1000` });
    events.push({ time: begun, at: 'client', connection: id, name: 'connection_started', url: `${room}?cut=1000` });
    return id;
  };
  const sentAt = (number: number): number => 200 * number;
  for (let number = 1; number <= 40; number++) events.push(...frame('A1', number - 1, `number ${number}`, sentAt(number)));
  for (const wait of [...waits, undefined]) {
    const id = listen();
    const cut = begun + 1000;
    const isLast = wait === undefined && waits.length >= 6;
    for (let own = 0; heard < 40 && (isLast || sentAt(heard + 1) < cut - 100); own++) {
      heard++;
      const text = JSON.stringify({ id: heard, data: `number ${heard}` });
      events.push(...frame(id, own, text, Math.max(begun + 40, sentAt(heard) + 21), late));
    }
    events.push({ time: cut, at: 'link', connection: id, name: 'link_cut' });
    events.push({ time: cut, at: 'client', connection: id, name: 'connection_closed', ...closings });
    begun = cut + (wait ?? 0);
  }
  return { ...emptyTrace(), connections, events: events.sort((a, b) => a.time - b.time) };
}

const said = (trace: Trace): string => {
  const { passed, message } = check(trace, flightsOf(trace));
  return `${passed ? 'Passed. ' : 'Not yet. '}${message}`;
};

describe('waits before coming back', () => {
  test('that are random pass', () => {
    expect(said(run([310, 90, 440, 20, 260, 380]))).toMatch(/^Passed\. .*over 7 cuts\. You waited 310, 90, 440, 20, 260, 380 ms/);
  });

  test('that are always the same do not, nor with the noise of a machine that was late once', () => {
    expect(said(run([500, 500, 500, 500, 500, 500]))).toMatch(/^Not yet\. .*always as long, but for what the machine adds/);
    expect(said(run([503, 501, 690, 506, 502, 509]))).toMatch(/^Not yet\. .*always as long/);
  });

  test('that are the same but for a little noise of the program’s own do not either', () => {
    expect(said(run([512, 538, 501, 529, 517, 533]))).toMatch(/^Not yet\. .*always as long/);
  });

  test('cannot be told from the same where the machine was late by as much all the time', () => {
    expect(said(run([505, 640, 590, 700, 530, 660], 120))).toMatch(
      /^Not yet\. .*this machine was late by up to 120 ms all the time: .* cannot be told\. Check again when it has less to do\.$/,
    );
  });
});

test('one that gives up is told so, and not that it should say where it was', () => {
  expect(said(run([300, 90, 440]))).toMatch(
    /^Not yet\. \d+ of 40 numbers were heard\. After 4 cuts the listener gave up: it was not there for number \d+ and what came later\./,
  );
});
