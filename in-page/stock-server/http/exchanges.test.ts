import { expect, test } from 'vitest';
import type { ClientScope } from '../testing/run-stock.ts';
import { runStock } from '../testing/run-stock.ts';

/** A connection that carries HTTP, by hand. */
interface Line {
  ask: (method: string, target: string, options?: { fields?: string[]; body?: string }) => void;
  end: () => void;
  clock: ClientScope['clock'];
}

/** Connects to the server, and writes down what comes at each time, ms; without the date, which is the run's. */
function connect({ network, clock, log }: ClientScope): Line {
  const socket = network.connect(4321);
  let [last, lastAt] = [-1, -1];
  socket.onData = (bytes) => {
    const text = new TextDecoder()
      .decode(bytes)
      .replace(/Date: Thu, 01 Jan 1970 00:0\d:\d\d GMT\r\n/, '')
      .replaceAll('\r\n', '|');
    // The network may carry an answer in pieces.
    if (lastAt === clock.present) log[last] += text;
    else last = log.push(`${clock.present} ${text}`) - 1;
    lastAt = clock.present;
  };
  socket.onEnd = () => log.push(`${clock.present} end`);
  return {
    clock,
    end: () => socket.end(),
    ask: (method, target, { fields = [], body } = {}) => {
      const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
      const head = [`${method} ${target} HTTP/1.1`, 'Host: x', ...fields, ...length, '', ''].join('\r\n');
      socket.write(Buffer.from(head + (body ?? '')));
    },
  };
}

async function converse(act: (line: Line, other: Line) => void): Promise<string[]> {
  const { log, errors } = await runStock(
    { A: (scope) => act(connect(scope), connect({ ...scope, log: [] })) },
    { bounds: { until: 59_000, mostSteps: 10_000 } },
  );
  expect(errors).toEqual([]);
  return log;
}

/** Returns the body of an answer that was written down whole. */
const bodyOf = (answer = ''): string => answer.slice(answer.indexOf('||') + 2);

test('a message that is published is there for polls, numbered from 1 on a channel of the run', async () => {
  const log = await converse(({ ask, clock }) => {
    ask('POST', '/messages/~news', { body: 'Grüße' });
    clock.set(() => ask('GET', '/poll/~news?after=0'), 100, false);
    clock.set(() => ask('GET', '/poll/~news?after=1'), 200, false);
  });
  expect(log[0]).toBe(
    '0 HTTP/1.1 201 Created|Vary: Origin|Cache-Control: no-store|X-Content-Type-Options: nosniff|Content-Type: application/json|' +
      'Content-Length: 8|Connection: keep-alive|Keep-Alive: timeout=5||{"id":1}',
  );
  expect([bodyOf(log[1]), bodyOf(log[2])]).toEqual([
    '{"messages":[{"id":1,"data":"Grüße"}],"last":1}',
    '{"messages":[],"last":1}',
  ]);
});

test('a long poll is held until there is something, or its time is over', async () => {
  const log = await converse((line, other) => {
    line.ask('GET', '/long-poll/~a?after=0');
    line.clock.set(() => other.ask('POST', '/messages/~a', { body: 'now' }), 3000, false);
    line.clock.set(() => line.ask('GET', '/long-poll/~a?after=1&timeout=4000'), 4000, false);
  });
  expect(log[0]).toMatch(/^3000 HTTP\/1\.1 200 OK.*\|\|\{"messages":\[\{"id":1,"data":"now"\}\],"last":1\}$/);
  expect(log[1]).toMatch(/^8000 HTTP\/1\.1 204 No Content/);
});

test('a stream sends events as they come and comments in a silence, until its client ends its side', async () => {
  const log = await converse((line, other) => {
    line.ask('GET', '/events/~a', { fields: ['Last-Event-ID: 0'] });
    line.clock.set(() => other.ask('POST', '/messages/~a', { body: 'now' }), 1000, false);
    line.clock.set(() => line.end(), 20_000, false);
  });
  expect(log[0]).toMatch(
    /^0 HTTP\/1\.1 200 OK\|.*Content-Type: text\/event-stream; charset=utf-8\|.*Transfer-Encoding: chunked\|\|/,
  );
  expect(log.slice(-3)).toEqual(['1000 11|id: 1\ndata: now\n\n|', '15000 e|: still here\n\n|', '20000 end']);
});

test.each([
  ['GET', '/nowhere', {}, 404, /^There is no such address here\.\n\nThe addresses/],
  ['GET', '/echo', {}, 426, /^This is a WebSocket address: connect with ws:\/\/ or wss:\/\/\.\n$/],
  ['POST', '/poll/x', {}, 405, /^This address takes GET\.\n$/],
  [
    'GET',
    '/poll/x?after=me',
    {},
    400,
    /^Wrong parameter: "after" is "me"; it takes the id of a message: a whole number from 0\.\n$/,
  ],
  ['GET', '/poll/x?after=-1', { fields: ['Accept: application/json'] }, 400, /^\{"error":"Wrong parameter/],
  ['POST', '/messages/x', { body: 'x'.repeat(65_537) }, 413, /^A message may have at most 65536 bytes here\.\n$/],
  ['OPTIONS', '/messages/x', {}, 204, /^$/],
])('%s %s is answered as on the live server', async (method, target, options, status, body) => {
  const [answer = ''] = await converse(({ ask }) => ask(method, target, options));
  expect(answer).toMatch(new RegExp(`^0 HTTP/1\\.1 ${status} `));
  expect(bodyOf(answer)).toMatch(body);
});

test('the hundred and first request at once is one too many', async () => {
  const { log } = await runStock(
    {
      A: (scope) => {
        for (let i = 0; i < 101; i++) connect(scope).ask('GET', '/poll/x');
      },
    },
    { bounds: { until: 1000 } },
  );
  const statuses = log.map((text) => /HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
  expect(statuses).toEqual([...Array.from({ length: 100 }, () => '200'), '429']);
});

test('exchanges and connections together are sixty-four at most', async () => {
  const { log } = await runStock(
    {
      A: (scope) => {
        for (let i = 0; i < 60; i++) new scope.WebSocket('/echo');
        for (let i = 0; i < 5; i++) connect(scope).ask('GET', '/long-poll/~a');
      },
    },
    { bounds: { until: 1000 } },
  );
  expect(log).toEqual([
    expect.stringMatching(/^0 HTTP\/1\.1 503 .*\|\|This session has 64 connections already, the most it may have\.\n$/),
  ]);
});

test('sixteen long polls of a run are held, one more is answered 503, and a client that leaves makes room', async () => {
  const { log, errors } = await runStock(
    {
      A: (scope) => {
        const lines = Array.from({ length: 17 }, () => connect(scope));
        for (const line of lines) line.ask('GET', '/long-poll/~a?timeout=9000');
        scope.clock.set(() => lines[0]?.end(), 1000, false);
        scope.clock.set(() => connect(scope).ask('GET', '/long-poll/~a?timeout=500'), 2000, false);
      },
    },
    { bounds: { until: 4000 } },
  );
  expect(errors).toEqual([]);
  expect(log.map((text) => text.split('|', 1)[0])).toEqual([
    '0 HTTP/1.1 503 Service Unavailable',
    '1000 end',
    '2500 HTTP/1.1 204 No Content',
  ]);
});
