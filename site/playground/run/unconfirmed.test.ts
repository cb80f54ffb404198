import { beforeEach, describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { Unconfirmed } from './unconfirmed.ts';

let kept: TraceEvent[];
let unconfirmed: Unconfirmed;
beforeEach(() => {
  kept = [];
  unconfirmed = new Unconfirmed((event) => kept.push(event));
});

const client = { time: 0, at: 'client', connection: 'A1' } as const;
const started: TraceEvent = { ...client, name: 'connection_started', url: '/echo' };
const opened: TraceEvent = { ...client, name: 'connection_opened' };
const sent: TraceEvent = { ...client, name: 'message_sent', message: 0, kind: 'text', length: 5 };
const failed: TraceEvent = { ...client, name: 'connection_closed', code: 1006, reason: '', wasClean: false };
const handshake: TraceEvent = { time: 0, at: 'socket', connection: 'A1', name: 'handshake_sent', direction: 'client-to-server' };
const asked = (request: number): TraceEvent => ({
  ...client,
  name: 'exchange_started',
  request,
  method: 'GET',
  target: '/poll/x',
});
const read = (request: number): TraceEvent => ({ ...client, name: 'chunk_read', request, chunk: 0 });
const request = (number: number) => ({ ...asked(number), at: 'socket', exchange: number }) as TraceEvent;

describe('what a program reports about a connection', () => {
  test('is held back until the tap has seen the connection, and is kept in order from then on', () => {
    for (const event of [started, opened, sent]) unconfirmed.fromClient(event);
    expect(kept).toEqual([started]);
    expect([unconfirmed.isWaiting, unconfirmed.connections]).toEqual([true, ['A1']]);
    unconfirmed.fromServer([handshake]);
    expect(kept).toEqual([started, opened, sent]);
    expect(unconfirmed.isWaiting).toBe(false);
    unconfirmed.fromClient(failed);
    expect(kept.at(-1)).toBe(failed);
  });

  test('is believed at once when it says only that it asked and got nothing: a server that is away sees none of it', () => {
    for (const event of [started, failed]) unconfirmed.fromClient(event);
    expect(kept).toEqual([started, failed]);
    expect(unconfirmed.isWaiting).toBe(false);
  });

  test('is believed only for the connection that was seen', () => {
    unconfirmed.fromServer([handshake]);
    unconfirmed.fromClient({ ...opened, connection: 'A2' });
    expect([kept, unconfirmed.connections]).toEqual([[], ['A2']]);
  });

  test('is not confirmed by an event in the name of a client', () => {
    unconfirmed.fromClient(opened);
    unconfirmed.fromServer([{ ...opened }]);
    expect(kept).toEqual([]);
  });

  test('is believed when the tap left out what may have been its beginning', () => {
    unconfirmed.fromClient(read(3));
    unconfirmed.fromServer([{ time: 0, at: 'socket', connection: 'A1', name: 'events_omitted', count: 5 }]);
    expect(kept).toEqual([read(3)]);
  });
});

test('confirms each request by itself: one request does not vouch for another', () => {
  for (const event of [asked(0), asked(1), read(0), read(1)]) unconfirmed.fromClient(event);
  unconfirmed.fromServer([request(0)]);
  expect(kept).toEqual([asked(0), asked(1), read(0)]);
  unconfirmed.fromServer([request(1)]);
  expect(kept.at(-1)).toEqual(read(1));
});

test('holds back a bounded number of events, however many a program reports about a connection that nobody saw', () => {
  for (let message = 0; message < 20_000; message++) unconfirmed.fromClient({ ...opened, ...sent, message } as TraceEvent);
  unconfirmed.fromServer([handshake]);
  expect(kept.length).toBeLessThanOrEqual(5000);
  unconfirmed.fromClient(failed);
  expect(kept.at(-1)).toBe(failed);
});
