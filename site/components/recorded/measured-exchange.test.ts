import { expect, test } from 'vitest';
import { type ExchangeEvent, type Trace, emptyTrace, toHex } from '../../../protocol/trace/trace.ts';
import { type ExchangeFigure, isExchangeFigure, measuredExchange } from './measured-exchange.ts';

const hex = (text: string): string => toHex(new TextEncoder().encode(text));

/** Test data: an exchange that is asked at `at`, received 20 ms later, answered at `answeredAt` and read 30 ms after that. */
function exchange(number: number, asked: string, at: number, answeredAt: number, status: number, body: string): ExchangeEvent[] {
  const [method = '', target = ''] = asked.split(' ');
  const client = { connection: 'A1', request: number, at: 'client' } as const;
  const of = { connection: 'A1', request: number, exchange: number } as const;
  const [up, down] = [{ ...of, direction: 'client-to-server' } as const, { ...of, direction: 'server-to-client' } as const];
  const request = hex(`${method} /s/x.A1.${number}${target} HTTP/1.1\r\nAccept: */*\r\n\r\n`);
  const response = hex(`HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\n\r\n${body}`);
  return [
    { ...client, time: at, name: 'exchange_started', method, target, api: 'fetch' },
    { ...of, time: at, at: 'socket', name: 'exchange_started', method, target },
    { ...up, time: at, at: 'socket', name: 'request_sent', bytes: request },
    { ...up, time: at + 20, at: 'server', name: 'request_received' },
    { ...down, time: answeredAt, at: 'server', name: 'response_sent', part: 0, status, length: body.length, final: true },
    { ...down, time: answeredAt + 20, at: 'socket', name: 'response_received', part: 0, bytes: response, final: true },
    { ...client, time: answeredAt + 25, name: 'response_received', direction: 'server-to-client', part: 0, status },
    { ...client, time: answeredAt + 30, name: 'chunk_read', chunk: 0, length: body.length },
    { ...client, time: answeredAt + 30, name: 'exchange_ended', complete: true },
  ];
}

const trace: Trace = {
  ...emptyTrace(),
  events: [
    ...exchange(0, 'GET /poll/news?after=0', 0, 40, 200, '{"messages":[],"last":0}'),
    ...exchange(1, 'POST /messages/news', 100, 120, 201, '{"id":1}'),
    ...exchange(2, 'POST /messages/news', 200, 220, 201, '{"id":2}'),
    ...exchange(3, 'GET /long-poll/news?after=0', 300, 1330, 200, '{"messages":[{"id":1,"data":"one"}],"last":1}'),
  ],
};

test.each<[ExchangeFigure, string]>([
  [{ of: 'requests' }, '4'],
  [{ of: 'requests', asked: 'GET' }, '2'],
  [{ of: 'empty answers', asked: 'GET' }, '1'],
  [{ of: 'content bytes', asked: 'POST', exchange: 2 }, '8'],
  [{ of: 'request bytes' }, String('GET /s/x.A1.0/poll/news?after=0 HTTP/1.1\r\nAccept: */*\r\n\r\n'.length)],
  [{ of: 'status', asked: 'POST' }, '201'],
  [{ of: 'round trip', asked: 'GET /long-poll' }, '1055 ms'],
  [{ of: 'held for', asked: 'GET /long-poll' }, '1010 ms'],
  [{ of: 'open for', asked: 'GET /long-poll' }, '1.1 s'],
  [{ of: 'header field', name: 'accept' }, '*/*'],
  [{ of: 'header field', name: 'content-type', direction: 'server-to-client' }, 'application/json'],
  [{ of: 'messages posted' }, '2'],
  [{ of: 'messages heard' }, '1'],
  [{ of: 'messages missed' }, '1'],
  [{ of: 'mean delay' }, '1240 ms'],
])('%o is %s', (figure, expected) => {
  expect(isExchangeFigure(figure)).toBe(true);
  expect(measuredExchange(trace, figure)).toBe(expected);
});

test('separates thousands, and throws an error that names what the trace lacks', () => {
  const bytes = 'x'.repeat(12_345);
  const long = { ...trace, events: exchange(0, 'GET /poll/x', 0, 10, 200, bytes) };
  expect(measuredExchange(long, { of: 'content bytes' })).toBe('12,345');
  expect(() => measuredExchange(trace, { of: 'status', asked: 'PUT' })).toThrow('Cannot measure "exchange 1 of "PUT""');
  expect(() => measuredExchange(long, { of: 'mean delay' })).toThrow('the trace holds no message that was posted and heard');
});
