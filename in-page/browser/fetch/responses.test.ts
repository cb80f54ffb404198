import { describe, expect, test } from 'vitest';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { exchange, rejection, type Serve, told } from '../testing/over-http.ts';

test('reads a body as its parts come, chunk by chunk, and tells when the program reads', async () => {
  const { log, trace } = await exchange(
    (_, res, { clock }) => {
      res.write('one');
      clock.set(() => res.write('two'), 30, false);
      clock.set(() => res.end(), 70, false);
    },
    async ({ fetch, clock, log, wait }) => {
      const { body } = await fetch('/');
      await wait(5);
      const reader = (body as ReadableStream<Uint8Array>).getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        log.push(`${clock.present} ${new TextDecoder().decode(read.value)}`);
      }
      log.push(`${clock.present} end`);
    },
    { latency: 10 },
  );
  expect(log).toEqual(['25 one', '50 two', '90 end']);
  expect(told(trace).filter((line) => / client /.test(line))).toEqual([
    '0 client A1 exchange_started',
    '20 client A1 response_received part 0',
    '25 client A1 chunk_read chunk 0',
    '50 client A1 chunk_read chunk 1',
    '90 client A1 exchange_ended',
  ]);
});

test('a Response has what a program asks of one: url, headers, json, blob, bytes, clone, and a body that is read once', async () => {
  const { log } = await exchange(
    (_, res) => void res.setHeader('Content-Type', 'application/json').end('{"a":1}'),
    async ({ fetch, Response, log }) => {
      const response = await fetch('/data#part');
      const copy = response.clone();
      log.push(response.url, response.type, response.statusText, String(response.ok), String(response instanceof Response));
      log.push(response.constructor.name, response.headers.get('content-type') ?? '', String(response.bodyUsed));
      log.push(JSON.stringify(await response.json()), String(response.bodyUsed), String(copy.bodyUsed), await copy.text());
      log.push(await rejection(response.text()));
      const blob = await (await fetch('/data')).blob();
      log.push(blob.type, String(blob.size), String((await (await fetch('/data')).bytes()).length));
    },
  );
  expect(log).toEqual([
    'http://localhost:8080/data',
    'basic',
    'OK',
    'true',
    'true',
    'Response',
    'application/json',
    'false',
    '{"a":1}',
    'true',
    'false',
    '{"a":1}',
    "TypeError: Failed to execute 'text' on 'Response': body stream already read",
    'application/json',
    '7',
    '7',
  ]);
});

test('answers without a body have none: to HEAD, and with 204 and 304', async () => {
  const { log, trace } = await exchange(
    (req, res) => void res.writeHead(Number(req.url?.slice(1)), { 'X-Is': 'there' }).end('unseen'),
    async ({ fetch, log }) => {
      for (const [url, method] of [
        ['/200', 'HEAD'],
        ['/204', 'GET'],
        ['/304', 'GET'],
      ] as const) {
        const response = await fetch(url, { method });
        log.push(`${response.status} ${response.body} ${response.headers.get('x-is')} ${(await response.text()).length}`);
      }
    },
  );
  expect(log).toEqual(['200 null there 0', '204 null there 0', '304 null there 0']);
  expect(exchangesOf(trace).map(({ complete, parts }) => [complete, parts.length])).toEqual([
    [true, 1],
    [true, 1],
    [true, 1],
  ]);
});

describe('follows a redirect', () => {
  const serve =
    (status: number): Serve =>
    (req, res) => {
      if (req.url === '/from') res.writeHead(status, { Location: '/to' }).end('ignored');
      else res.end(`${req.method} ${req.url}`);
    };
  test.each([
    [301, 'POST', 'GET /to'],
    [302, 'PUT', 'PUT /to'],
    [303, 'PUT', 'GET /to'],
    [307, 'POST', 'POST /to'],
    [308, 'POST', 'POST /to'],
  ])('%i of %s as the standard says', async (status, method, expected) => {
    const { log, trace } = await exchange(serve(status), async ({ fetch, log }) => {
      const response = await fetch('/from', { method, body: 'x' });
      log.push(await response.text(), response.url, String(response.redirected));
    });
    expect(log).toEqual([expected, 'http://localhost:8080/to', 'true']);
    const exchanges = exchangesOf(trace);
    expect(exchanges.map((each) => [each.target, each.status, each.client?.outcome])).toEqual([
      ['/from', status, undefined],
      ['/from', 200, 'complete'],
    ]);
  });

  test('or not: manual shows that there is one, error fails, and a circle is left after 20', async () => {
    const { log } = await exchange(
      (_, res) => void res.writeHead(302, { Location: '/' }).end(),
      async ({ fetch, log }) => {
        const { type, status, ok, url } = await fetch('/', { redirect: 'manual' });
        log.push(`${type} ${status} ${ok} ${url}`);
        log.push(await rejection(fetch('/', { redirect: 'error' })), await rejection(fetch('/')));
      },
    );
    expect(log).toEqual([
      'opaqueredirect 0 false http://localhost:8080/',
      'TypeError: Failed to fetch',
      'TypeError: Failed to fetch',
    ]);
  });
});
