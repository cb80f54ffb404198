import { expect, test } from 'vitest';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { requestOf } from '../../../protocol/trace/http-message.ts';
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
