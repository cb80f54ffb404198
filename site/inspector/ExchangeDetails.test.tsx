import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { flightsOf } from '../../protocol/trace/flight-index.ts';
import { emptyTrace, type ExchangeEvent, type TraceEvent } from '../../protocol/trace/trace.ts';
import { FlightDetails } from './FlightDetails.tsx';

const of = { connection: 'A1', exchange: 0 } as const;
const up = { ...of, direction: 'client-to-server' } as const;
const down = { ...of, direction: 'server-to-client', part: 0 } as const;
const hex = (text: string): string => Buffer.from(text).toString('hex');
const request = 'POST /s/x.A1/messages/y HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello';
const response = 'HTTP/1.1 201 Created\r\nContent-Length: 8\r\n\r\n{"id":1}';

test('an exchange shows its heads, its content, how long it was held, and what its bytes were for', () => {
  const events: ExchangeEvent[] = [
    { ...of, time: 10, at: 'socket', name: 'exchange_started', method: 'POST', target: '/s/x.A1/messages/y' },
    { ...up, time: 10, at: 'socket', name: 'request_sent', bytes: hex(request) },
    { ...up, time: 50, at: 'server', name: 'request_received' },
    { ...down, time: 62.5, at: 'server', name: 'response_sent', status: 201, length: 8, final: true },
    { ...down, time: 100, at: 'socket', name: 'response_received', bytes: hex(response), final: true },
  ];
  const flights = flightsOf({ ...emptyTrace(), events });
  const clock = { offsetMs: 0, uncertaintyMs: 0.2 };
  const [asked, answered] = flights.map((flight) => render(<FlightDetails {...{ flight, flights, clock }} />));
  const text = (html = ''): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  expect(text(asked)).toContain(`HTTP request POST: ${request.length} bytes`);
  expect(text(asked)).toContain(`Request ${request.length} bytes: ${request.length - 5} of head, 5 of content`);
  expect(text(asked)).toContain('Held by the server 12.50 ms');
  expect(text(asked)).toContain(`Response 201: ${response.length} bytes: ${response.length - 8} of head, 8 of content`);
  expect(text(asked)).toContain('Content-Length 5');
  expect(text(answered)).toContain('HTTP response 201');
  expect(asked).toMatch(/<details class="fi-message" open><summary>Request: POST \/s\/x\.A1\/messages\/y HTTP\/1\.1/);
  expect(answered).toMatch(/<details class="fi-message" open><summary>Response: HTTP\/1\.1 201 Created/);
});

test('an exchange and a handshake say how many bytes of the request stand as *', () => {
  const concealed = request.replace('/s/x', '/s/*');
  const handshake = hex('GET /s/*.A2/echo HTTP/1.1\r\nHost: x\r\n\r\n');
  const sent = { at: 'socket', direction: 'client-to-server' } as const;
  const events: TraceEvent[] = [
    { ...of, time: 10, at: 'socket', name: 'exchange_started', method: 'POST', target: '/s/*.A1/messages/y' },
    { ...up, time: 10, at: 'socket', name: 'request_sent', bytes: hex(concealed), leftOut: 1 },
    { ...sent, time: 20, connection: 'A2', name: 'handshake_sent', bytes: handshake, leftOut: 22 },
  ];
  const flights = flightsOf({ ...emptyTrace(), events });
  const clock = { offsetMs: 0, uncertaintyMs: 0.2 };
  const [asked, opened] = flights.map((flight) => render(<FlightDetails {...{ flight, flights, clock }} />));
  expect(asked).toContain('1 byte of this request is shown as *');
  expect(opened).toContain('22 bytes of this request are shown as *');
});
