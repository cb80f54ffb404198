/** Makes requests and upgrades of every kind, right and wrong. The server has to survive them. */
import fc from 'fast-check';
import { type Input, inputOf } from './bytes.ts';

const oneOf = <Value>(...values: Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const token = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcXYZ019-_.~!#$%&*+^`|') });
/** Text that a field may hold, and text that it may not. */
const anyText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ maxLength: 20, unit: 'binary' }),
  fc.array(fc.nat(255), { maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);
const number = fc.oneof(
  fc.nat(30),
  fc.bigInt({ min: 0n, max: 10n ** 30n }),
  oneOf('', '-1', '1e9', '0x10', '9007199254740993', '00000', '+1', ' 1', 'NaN', 'Infinity'),
);

const range = fc.oneof(
  fc.tuple(number, number).map(([first, last]) => `bytes=${first}-${last}`),
  fc.array(fc.tuple(number, number), { maxLength: 6 }).map((ranges) => `bytes=${ranges.map((one) => one.join('-')).join(',')}`),
  number.map((suffix) => `bytes=-${suffix}`),
  fc.tuple(token, anyText).map(([unit, text]) => `${unit}=${text}`),
  anyText,
);
const etag = fc.oneof(
  fc.string({ maxLength: 10 }).map((text) => `"${text}"`),
  oneOf('*', 'W/"a"', '"a", W/"b"', '"', 'W/', ''),
  anyText,
);
const date = fc.oneof(
  fc.date({ noInvalidDate: true }).map((time) => time.toUTCString()),
  oneOf('Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994', 'Sun, 32 Nov 2094 08:49:37 GMT', '0', 'Infinity'),
  anyText,
);
const codings = fc
  .array(
    fc.tuple(
      fc.oneof(oneOf('br', 'gzip', 'identity', '*', 'x-gzip', 'zstd'), token),
      fc.oneof(oneOf('', ';q=0', ';q=1', ';q=0.5', ';q='), anyText),
    ),
    {
      maxLength: 5,
    },
  )
  .map((list) => list.map((one) => one.join('')).join(', '));

const key = oneOf('dGhlIHNhbXBsZSBub25jZQ==', 'short', '', '='.repeat(24));
const fields: Readonly<Record<string, fc.Arbitrary<string>>> = {
  Range: range,
  'If-Range': fc.oneof(etag, date),
  'If-None-Match': etag,
  'If-Match': etag,
  'If-Modified-Since': date,
  'If-Unmodified-Since': date,
  'Accept-Encoding': codings,
  Accept: oneOf('text/html', 'application/json', '*/*', ''),
  Connection: oneOf('close', 'keep-alive', 'Upgrade', 'upgrade, close', ', ,'),
  'Content-Length': number.map(String),
  'Transfer-Encoding': oneOf('chunked', 'gzip, chunked', 'identity', 'chunked, chunked', ''),
  Expect: oneOf('100-continue', '200-ok', ''),
  Upgrade: oneOf('websocket', 'WebSocket', 'h2c', 'websocket, h2c', ''),
  'Sec-WebSocket-Key': key,
  'Sec-WebSocket-Version': oneOf('13', '8', '0', '13, 8', '', '999'),
  'Sec-WebSocket-Protocol': oneOf('chat', 'a, b', ',', 'a,a', ''),
  'Sec-WebSocket-Extensions': oneOf(
    'permessage-deflate',
    'permessage-deflate; client_max_window_bits',
    'permessage-deflate; server_max_window_bits=99',
    'x; y="',
    ';',
  ),
  Origin: oneOf('null', 'https://evil.example', 'http://localhost:4321', ''),
  Host: oneOf('x', 'a.example', '[::1]:80', 'a b', '', 'x:99999'),
  'Last-Event-ID': number.map(String),
  Cookie: anyText,
};
const field = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(...Object.entries(fields)).chain(([name, value]) => value.map((text) => `${name}: ${text}`)),
  },
  { weight: 1, arbitrary: fc.tuple(token, anyText).map(([name, text]) => `${name}: ${text}`) },
  { weight: 1, arbitrary: anyText },
);

const name = fc.oneof(oneOf('x', 'a', '~own', '%00', '%ff', '..', '%2e%2e', '%', 'x'.repeat(65)), token);
const query = fc
  .array(
    fc.tuple(
      oneOf(
        'latency',
        'jitter',
        'bandwidth',
        'duplex',
        'loss',
        'cut',
        'silent',
        'seed',
        'after',
        'timeout',
        'every',
        'count',
        'fragment',
        'compress',
        'self',
        'floor',
        'air',
        'code',
        'reason',
      ),
      fc.oneof(
        oneOf('0', '1', '5', '20', '200', 'half', 'simplex', 'takeover'),
        number.map(String),
        anyText.map(encodeURIComponent.bind(undefined)),
      ),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => (pairs.length > 0 ? `?${pairs.map((pair) => pair.join('=')).join('&')}` : ''));
const endpoint = fc.oneof(
  oneOf(
    '/echo',
    '/sink',
    '/ticker',
    '/close',
    '/raw',
    '/door',
    '/crowd',
    '/handshake',
    '/events/ticker',
    '/sessions',
    '/sandbox',
    '/metrics',
    '/healthz',
    '/readyz',
  ),
  fc
    .tuple(oneOf('/broadcast/', '/half-duplex/', '/poll/', '/long-poll/', '/events/', '/messages/'), name)
    .map((parts) => parts.join('')),
);
const path = fc.oneof(
  {
    weight: 4,
    arbitrary: oneOf(
      '/',
      '/digits.txt',
      '/both.js',
      '/lesson/',
      '/lesson',
      '/nowhere',
      '/_astro/gone.js',
      '/large.txt',
      '/empty.txt',
      '/trace/embed/',
    ),
  },
  { weight: 4, arbitrary: endpoint },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        oneOf('/s/SESSION', '/s/SESSION.A1', '/s/SESSION.A1.7', '/s/nobody', '/s/SESSION.bad-name'),
        fc.oneof(endpoint, oneOf('/tap', '/nowhere', '')),
      )
      .map((parts) => parts.join('')),
  },
  { weight: 2, arbitrary: fc.array(name, { maxLength: 5 }).map((names) => `/${names.join('/')}`) },
  {
    weight: 1,
    arbitrary: oneOf(
      '*',
      'http://x/digits.txt',
      'http://',
      '//evil.example/',
      '/%',
      `/${'x'.repeat(20_000)}`,
      '/x'.repeat(2000),
      '',
    ),
  },
  { weight: 1, arbitrary: anyText },
);
const method = fc.oneof(
  { weight: 6, arbitrary: oneOf('GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS') },
  { weight: 1, arbitrary: oneOf('PUT', 'DELETE', 'CONNECT', 'TRACE', 'PATCH', 'PRI', 'QUERY', 'get', 'M-SEARCH') },
  { weight: 1, arbitrary: token },
);
const version = fc.oneof(
  { weight: 12, arbitrary: fc.constant('HTTP/1.1') },
  oneOf('HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/1.2', 'HTTPS/1.1', ''),
);

const chunk = fc.oneof(
  fc.string({ maxLength: 50 }).map((text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`),
  oneOf('fffffffff\r\n', '-1\r\nx\r\n', '1;ext=1\r\nx\r\n', '0\r\n\r\n', '0\r\nTrailer: x\r\n\r\n'),
);
/** A body with the field that announces it, or no body. */
const body = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ announced: [] as string[], text: '' }) },
  { weight: 2, arbitrary: anyText.map((text) => ({ announced: [`Content-Length: ${Buffer.byteLength(text)}`], text })) },
  {
    weight: 1,
    arbitrary: fc
      .array(chunk, { maxLength: 5 })
      .map((chunks) => ({ announced: ['Transfer-Encoding: chunked'], text: `${chunks.join('')}0\r\n\r\n` })),
  },
  { weight: 1, arbitrary: fc.constant({ announced: ['Content-Length: 100000'], text: 'x'.repeat(70_000) }) },
);

const upgrade = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];
const request = fc
  .record({
    method,
    path,
    query,
    version,
    host: fc.oneof({ weight: 9, arbitrary: fc.constant(['Host: x']) }, oneOf<string[]>([], ['Host: x', 'Host: y'])),
    fields: fc.array(field, { maxLength: 6 }),
    upgrade: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.constant(upgrade)),
    body,
  })
  .map((one) => {
    const lines = [
      `${one.method} ${one.path}${one.query} ${one.version}`,
      ...one.host,
      ...one.upgrade,
      ...one.fields,
      ...one.body.announced,
    ];
    return `${lines.join('\r\n')}\r\n\r\n${one.body.text}`;
  });

/** One request or upgrade, or several in a row on one connection. `SESSION` stands for the id of an existing session. */
export const httpInput: fc.Arbitrary<Input> = inputOf(
  fc
    .oneof({ weight: 4, arbitrary: request.map((one) => [one]) }, fc.array(request, { minLength: 2, maxLength: 6 }))
    .map((requests) => Buffer.from(requests.join(''), 'latin1')),
);
