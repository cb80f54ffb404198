import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { requestOf } from '../../../protocol/trace/http-message.ts';
import type { Trace, TraceEvent } from '../../../protocol/trace/trace.ts';
import { exchange, told } from '../testing/over-http.ts';

test('a GET goes to the server and back by the link’s conditions, and each step is in the trace', async () => {
  const { log, trace } = await exchange(
    (req, res) => void res.end(`${req.method} ${req.url}`),
    async ({ fetch, log, clock }) => {
      const response = await fetch('/news?after=3');
      log.push(`${clock.present} ${response.status} ${await response.text()}`);
    },
    { latency: 100 },
  );
  expect(log).toEqual(['200 200 GET /news?after=3']);
  expect(told(trace)).toEqual([
    '0 client A1 exchange_started',
    '0 socket A1 exchange_started',
    '0 socket A1 request_sent',
    '0 link A1 request_departed',
    '100 server A1 request_received',
    '100 server A1 response_sent part 0',
    '100 link A1 response_departed part 0',
    '200 socket A1 response_received part 0',
    '200 socket A1 exchange_ended',
    '200 client A1 response_received part 0',
    '200 client A1 chunk_read chunk 0',
    '200 client A1 exchange_ended',
  ]);
});

test('one poll has the events of a recorded one on the live network: names, vantage points and fields, in their order', async () => {
  const live = JSON.parse(readFileSync('content/2-2-short-polling/every-second/trace.json', 'utf8')) as Trace;
  const { trace } = await exchange(
    (_, res) => void res.setHeader('Content-Type', 'application/json').end('{"messages":[{"id":1,"data":"item 1"}],"last":1}'),
    async ({ fetch }) => void (await (await fetch('/poll/~news?after=0')).json()),
    { latency: 20 },
  );
  const poll = ({ events }: Trace, connection: string): TraceEvent[] =>
    events.filter((event) => event.connection === connection && 'request' in event && event.request === 0);
  const seen = (event: TraceEvent) => {
    const { time: _, connection: _connection, ...fields } = event;
    // What differs by its nature: the bytes, and what counts the run's exchanges and sockets.
    for (const field of ['bytes', 'exchange', 'socket', 'target'])
      if (field in fields) Object.assign(fields, { [field]: 'some' });
    return 'bytes' in fields ? { ...fields, length: 'some' } : fields;
  };
  const recorded = poll(live, 'A2').map(seen);
  expect(recorded.length).toBe(12);
  expect(poll(trace, 'A1').map(seen)).toEqual(recorded);
});

test('the same run gives the same trace, with a body to read and a form', async () => {
  const run = () =>
    exchange(
      (_, res) => void res.end('yes'),
      async ({ fetch }) => {
        const body = new FormData();
        body.append('file', new Blob(['x']), 'x');
        await Promise.all([fetch('/form', { method: 'POST', body }), fetch('/other')]);
      },
      { latency: 10, jitter: 30, loss: 20 },
    );
  const [one, other] = [await run(), await run()];
  expect(one.trace).toEqual(other.trace);
  expect(exchangesOf(one.trace).map((each) => requestOf(each)?.head.startLine)).toEqual([
    'POST /form HTTP/1.1',
    'GET /other HTTP/1.1',
  ]);
});
