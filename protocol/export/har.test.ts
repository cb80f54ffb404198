import { describe, expect, test } from 'vitest';
import { asciiBytes } from '../wire/handshake.ts';
import { type Trace, type TraceEvent, fromHex, toHex } from '../trace/trace.ts';
import { corpus, framesOf, isWhole, recordedTraces, traceOf } from './corpus-for-tests.ts';
import { flightsOf } from '../trace/flight-index.ts';
import { toHar } from './har.ts';

/** The shape a value must have. An object names its fields; a trailing `?` marks an optional one. */
type Shape = 'text' | 'size' | 'time' | 'any' | RegExp | [Shape] | { [field: string]: Shape };

/** HAR 1.2 as specified at http://www.softwareishard.com/blog/har-12-spec/. Custom fields begin with `_`. */
const named: Shape = { name: 'text', value: 'text', 'comment?': 'text' };
const common = {
  httpVersion: /^HTTP\/\d/,
  cookies: [named],
  headers: [named],
  headersSize: 'size',
  bodySize: 'size',
  'comment?': 'text',
} satisfies Shape;
const content: Shape = {
  size: 'size',
  'compression?': 'size',
  mimeType: 'text',
  'text?': 'text',
  'encoding?': 'text',
  'comment?': 'text',
};
const har: Shape = {
  log: {
    version: /^1\.2$/,
    creator: { name: 'text', version: 'text', 'comment?': 'text' },
    'browser?': { name: 'text', version: 'text' },
    'pages?': ['any'],
    'comment?': 'text',
    entries: [
      {
        'pageref?': 'text',
        startedDateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
        time: 'time',
        request: {
          ...{ ...common, method: /^[A-Z]+$/, url: /^[a-z]+:\/\/[^/]+\//, queryString: [named] },
          'postData?': { mimeType: 'text', 'params?': [named], 'text?': 'text' },
        },
        response: { ...common, status: 'size', statusText: 'text', content, redirectURL: 'text' },
        cache: {},
        timings: {
          'blocked?': 'size',
          'dns?': 'size',
          'connect?': 'size',
          'ssl?': 'size',
          send: 'time',
          wait: 'time',
          receive: 'time',
        },
        'serverIPAddress?': 'text',
        'connection?': 'text',
        'comment?': 'text',
      },
    ],
  },
};

/** Returns what is wrong with a value, each fault with its path; an empty list if the value has the shape. */
function faults(value: unknown, shape: Shape, path = ''): string[] {
  if (shape === 'any') return [];
  if (shape === 'text') return typeof value === 'string' ? [] : [`${path} is no text`];
  if (shape === 'time') return typeof value === 'number' && value >= 0 ? [] : [`${path} is no time`];
  if (shape === 'size') return typeof value === 'number' && value >= -1 ? [] : [`${path} is no size`];
  if (shape instanceof RegExp) return typeof value === 'string' && shape.test(value) ? [] : [`${path} is ${String(value)}`];
  if (Array.isArray(shape)) {
    return Array.isArray(value) ? value.flatMap((item, i) => faults(item, shape[0], `${path}[${i}]`)) : [`${path} is no list`];
  }
  if (typeof value !== 'object' || value === null) return [`${path} is no object`];
  const fields = value as Record<string, unknown>;
  const known = Object.keys(shape).map((field) => field.replace('?', ''));
  const strange = Object.keys(fields).filter((field) => !field.startsWith('_') && !known.includes(field));
  return [
    ...strange.map((field) => `${path}.${field} is not in HAR`),
    ...Object.entries(shape).flatMap(([field, inner]) => {
      const name = field.replace('?', '');
      if (fields[name] === undefined) return field.endsWith('?') ? [] : [`${path}.${name} is missing`];
      return faults(fields[name], inner, `${path}.${name}`);
    }),
  ];
}

const every = corpus();
const traces: [name: string, trace: Trace][] = [['every kind of frame', every], ...recordedTraces()];

describe.each(traces)('%s, as HAR', (_, trace) => {
  const document = toHar(trace);

  test('has every field that HAR 1.2 requires and none that it does not know', () => {
    expect(faults(JSON.parse(JSON.stringify(document)), har)).toEqual([]);
    for (const { time, timings } of document.log.entries) {
      const sum = [timings.blocked, timings.dns, timings.connect, timings.send, timings.wait, timings.receive].filter(
        (part) => part >= 0,
      );
      expect(time).toBeCloseTo(
        sum.reduce((a, b) => a + b),
        2,
      );
    }
  });

  test('has an entry for each connection that reached the server, with both heads of its handshake as captured', () => {
    const sockets = document.log.entries.filter((entry) => entry._resourceType === 'websocket');
    const reached = trace.connections.filter(({ id }) =>
      trace.events.some(({ name, connection }) => name === 'handshake_sent' && connection === id),
    );
    expect(sockets.map(({ connection }) => connection).sort()).toEqual(reached.map(({ id }) => id).sort());
    for (const { request, response, connection } of sockets) {
      const heads = trace.events.filter((event) => event.name === 'handshake_sent' && event.connection === connection);
      // A refusal has a sentence after its head.
      const written = heads.map((event) =>
        new TextDecoder().decode(fromHex(('bytes' in event && event.bytes) || '')).replace(/(\r\n\r\n)[^]*/, '$1'),
      );
      const lines = (headers: { name: string; value: string }[]): string =>
        headers.map(({ name, value }) => `${name}: ${value}\r\n`).join('');
      const path = request.url.replace(/^ws:\/\/[^/]+/, '');
      expect(`${request.method} ${path} ${request.httpVersion}\r\n${lines(request.headers)}\r\n`).toBe(written[0]);
      expect(`${response.httpVersion} ${response.status} ${response.statusText}\r\n${lines(response.headers)}\r\n`).toBe(
        written[1],
      );
      expect([request.headersSize, response.headersSize]).toEqual(written.map(({ length }) => length));
    }
  });

  // A cut frame has no whole payload to join.
  test.each(isWhole(trace) ? ['whole'] : [])('holds the messages of each connection, fragments joined, in order of time', () => {
    const arrived = new Set(
      flightsOf(trace).flatMap(({ connection, direction, frame, receivedAt }) =>
        receivedAt === undefined ? [] : [`${connection} ${direction} ${frame}`],
      ),
    );
    // Keep all that the client sent, but only what arrived of what the server sent.
    const seen = trace.events.filter(
      (event) =>
        event.name !== 'frame_sent' ||
        event.direction === 'client-to-server' ||
        arrived.has(`${event.connection} ${event.direction} ${event.frame}`),
    );
    for (const { connection, _webSocketMessages: messages = [] } of document.log.entries) {
      expect(messages.map(({ time }) => time)).toEqual(messages.map(({ time }) => time).sort((a, b) => a - b));
      for (const [type, direction] of [
        ['send', 'client-to-server'],
        ['receive', 'server-to-client'],
      ] as const) {
        const frames = framesOf({ ...trace, events: seen }).filter(
          (frame) => frame.connection === connection && frame.direction === direction,
        );
        const bytes = (isControl: boolean): string =>
          frames
            .filter(({ opcode }) => opcode > 7 === isControl)
            .map(({ payload }) => payload)
            .join('');
        const own = messages.filter((message) => message.type === type);
        const decoded = (isControl: boolean): string =>
          own
            .filter(({ opcode }) => opcode > 7 === isControl)
            .map((m) => Buffer.from(m.data, m.opcode === 1 && !m._base64 ? 'utf8' : 'base64').toString('hex'))
            .join('');
        expect(decoded(false)).toBe(bytes(false));
        expect(decoded(true)).toBe(bytes(true));
      }
    }
  });
});

test('joins a message of three fragments with a ping inside, and lists the ping as a message of its own', () => {
  const part = (opcode: number, text: string, fin: boolean) => ({ opcode, payload: asciiBytes(text), fin });
  const trace = traceOf({
    'client-to-server': [],
    'server-to-client': [part(1, 'He', false), part(0, 'l', false), part(9, '', true), part(0, 'lo', true)],
  });
  const [entry] = toHar(trace, { startedAt: 1_000_000 }).log.entries;
  expect(entry?._webSocketMessages).toEqual([
    { type: 'receive', time: 1000.02725, opcode: 9, data: '' },
    { type: 'receive', time: 1000.028, opcode: 1, data: 'Hello', _frames: 3 },
  ]);
});

test('gives text that is not UTF-8 as base64, and marks it so', () => {
  const trace = traceOf({ 'client-to-server': [], 'server-to-client': [{ opcode: 1, payload: Uint8Array.of(0xff, 0x41) }] });
  expect(toHar(trace).log.entries[0]?._webSocketMessages).toMatchObject([{ opcode: 1, data: '/0E=', _base64: true }]);
});

test('gives an HTTP exchange its own entry: the request, the answer with its chunks joined, and how long it was held', () => {
  const trace = traceOf({ 'client-to-server': [], 'server-to-client': [] });
  const at = { connection: 'A2', exchange: 0 };
  const up = { ...at, direction: 'client-to-server' } as const;
  const down = { ...at, direction: 'server-to-client' } as const;
  const request = toHex(asciiBytes('POST /messages/x?id=1 HTTP/1.1\r\nHost: h:1\r\nContent-Type: text/plain\r\n\r\nhi'));
  const first = toHex(asciiBytes('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n'));
  const second = toHex(asciiBytes('1\r\nc\r\n0\r\n\r\n'));
  const events: TraceEvent[] = [
    { ...at, time: 100, at: 'socket', name: 'exchange_started', method: 'POST', target: '/messages/x?id=1' },
    { ...up, time: 100, at: 'socket', name: 'request_sent', bytes: request, length: request.length / 2 },
    { ...up, time: 110, at: 'server', name: 'request_received' },
    { ...down, time: 400, at: 'server', name: 'response_sent', part: 0, status: 200 },
    { ...down, time: 410, at: 'socket', name: 'response_received', part: 0, bytes: first, length: first.length / 2 },
    { ...down, time: 500, at: 'server', name: 'response_sent', part: 1, final: true },
    {
      ...down,
      time: 510,
      at: 'socket',
      name: 'response_received',
      part: 1,
      bytes: second,
      length: second.length / 2,
      final: true,
    },
    { ...at, time: 510, at: 'socket', name: 'exchange_ended', complete: true },
  ];
  trace.events.push(...events);
  const document = toHar(trace);
  expect(faults(JSON.parse(JSON.stringify(document)), har)).toEqual([]);
  expect(document.log.entries[1]).toMatchObject({
    request: {
      method: 'POST',
      url: 'http://h:1/messages/x?id=1',
      queryString: [{ name: 'id', value: '1' }],
      postData: { text: 'hi' },
    },
    response: { status: 200, statusText: 'OK', content: { size: 3, text: 'abc', mimeType: 'text/plain' } },
    timings: { wait: 310, receive: 100 },
  });
});
