import { expect, test } from 'vitest';
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
