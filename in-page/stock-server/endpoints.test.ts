import { describe, expect, test } from 'vitest';
import type { ClientScope } from './testing/run-stock.ts';
import { runStock, watch } from './testing/run-stock.ts';

/** Runs one client that opens an address, and returns what it saw with the times, ms. */
async function visit(address: string, act: (ws: WebSocket, scope: ClientScope) => void = () => undefined, latency = 0) {
  const { errors, log, rest, now, trace } = await runStock(
    { A: (scope) => void watch(scope, address, (ws) => act(ws, scope)) },
    { conditions: { latency }, bounds: { until: 100_000, mostSteps: 10_000 } },
  );
  expect(errors).toEqual([]);
  return { log, rest, now, trace };
}

const json = (text: string | undefined): unknown => JSON.parse(text ?? '');

test('/echo sends text and bytes back, and answers a Close with the same', async () => {
  const say = (ws: WebSocket): void => {
    ws.send('Grüße');
    ws.send(Uint8Array.of(1, 2));
    ws.addEventListener('message', ({ data }) => typeof data !== 'string' && ws.close(4000, 'done'));
  };
  const { log, rest, now } = await visit('/echo', say, 100);
  expect([log, rest, now]).toEqual([['Grüße', 'bytes 1 2', 'closed 4000 "done"'], 'quiet', 700]);
});

test('/sink answers each message with the bytes so far', async () => {
  const { log } = await visit('/sink', (ws) => {
    for (const text of ['ab', 'ü', 'x']) ws.send(text);
    ws.addEventListener('message', ({ data }) => data === '5' && ws.close());
  });
  expect(log).toEqual(['2', '4', '5', 'closed 1005 ""']);
});

test('/ticker ticks at its pace, and closes after the last tick where it is asked to', async () => {
  const { log, now } = await visit('/ticker?every=200&count=3&close=1', undefined, 50);
  expect([log, now]).toEqual([['tick 1', 'tick 2', 'tick 3', 'closed 1000 "That was the last tick."'], 850]);
});

test('/close closes with the code and reason of the query, at its time', async () => {
  const { log, now } = await visit('/close?code=1012&reason=back%20soon&after=1000', undefined, 10);
  expect([log, now]).toEqual([['closed 1012 "back soon"'], 1050]);
});

test('/handshake tells the key of the handshake, which the trace has too', async () => {
  const { log, trace } = await visit('/handshake', (ws, { clock }) => clock.set(() => ws.close(), 5, false));
  const request = trace.events.find(({ name }) => name === 'handshake_sent');
  const text = Buffer.from((request as { bytes: string }).bytes, 'hex').toString();
  expect(text).toContain(`Sec-WebSocket-Key: ${log[0]}\r\n`);
});

test('/broadcast sends to all in the room, to the sender unless self=0, and what was missed to who comes back', async () => {
  const { log, errors } = await runStock(
    {
      A: (scope) => {
        const ws = watch({ ...scope, log: [] }, '/broadcast/~room?self=0', () => {
          ws.send('one');
          ws.send(Uint8Array.of(7));
        });
      },
      B: (scope) => void watch(scope, '/broadcast/~room'),
      C: (scope) => void scope.clock.set(() => watch(scope, '/broadcast/~room?after=1'), 1000, false),
    },
    { bounds: { until: 10_000 } },
  );
  expect([errors, log]).toEqual([[], ['one', 'bytes 7', '{"id":2,"base64":"Bw=="}']]);
});

test('/half-duplex grants the floor to one station at a time', async () => {
  const { log, errors } = await runStock(
    {
      A: (scope) => {
        const ws = watch(scope, '/half-duplex/~x?air=100', () => ws.send('{"type":"request"}'));
      },
      B: (scope) => {
        const open = () => ws.send('{"type":"request","wait":true}');
        const ws = watch({ ...scope, log: [] }, '/half-duplex/~x?air=100', open);
      },
    },
    { bounds: { until: 15_000 } },
  );
  expect(errors).toEqual([]);
  expect(log.map((text) => json(text))).toEqual([
    { type: 'joined', station: 'S1', air: 100, floor: null },
    { type: 'granted', limit: 10_000 },
    { type: 'released', reason: 'time-out' },
    { type: 'floor', holder: 'S2' },
  ]);
});

test('/crowd loses its server, and each client comes back by its delays', async () => {
  const delays = [...Array.from({ length: 12 }, () => [500, 600, 5]), [1500], [200]];
  const { log, now } = await visit('/crowd', (ws) => {
    ws.addEventListener('message', ({ data }) => (data as string).includes('attempts') && ws.close(1000));
    ws.send(JSON.stringify(delays));
  });
  // Ten handshakes are taken in a tenth of a second: two are refused, and come in 5 ms later in vain.
  expect(log.map((text) => (text.startsWith('{') ? json(text) : text))).toEqual([
    { time: 200, down: 1, refused: 0, open: 0, connected: 0 },
    { time: 500, down: 12, refused: 0, open: 0, connected: 0 },
    { time: 1100, down: 0, refused: 4, open: 10, connected: 10 },
    { time: 1500, down: 0, refused: 0, open: 1, connected: 11, attempts: 28, gaveUp: 3 },
    'closed 1000 ""',
  ]);
  expect(now).toBe(1500);
});

test('two crowds at once do not meet', async () => {
  const one = (scope: ClientScope): void => {
    const ws = watch(scope, '/crowd', () => ws.send('[[1200],[1300]]'));
    ws.addEventListener('message', ({ data }) => (data as string).includes('attempts') && ws.close(1000));
  };
  const { log, errors } = await runStock({ A: one, B: one });
  expect(errors).toEqual([]);
  expect(log.filter((text) => text.includes('"connected":2,"attempts":2,"gaveUp":0'))).toHaveLength(2);
});

test('/door sends its visitors one by one, and each gets the answer that the program gives or none in five seconds', async () => {
  const { log, now } = await visit('/door', (ws) => {
    ws.addEventListener('message', ({ data }) => {
      const { type, visitor } = JSON.parse(data as string) as { type: string; visitor: number };
      if (type === 'knock' && visitor !== 3) ws.send(JSON.stringify({ visitor, allow: visitor % 2 === 1 }));
      if (type === 'over') ws.close(1000);
    });
  });
  const messages = log.slice(0, -1).map((text) => json(text) as Record<string, unknown>);
  expect(messages.filter(({ type }) => type === 'answered').map(({ status }) => status)).toEqual([
    101, 403, 0, 403, 101, 403, 101, 403,
  ]);
  expect(messages[1]).toMatchObject({ type: 'knock', visitor: 1, headers: { host: 'chat.example', upgrade: 'websocket' } });
  expect(now).toBe(8 * 150 + 5000);
});

describe('/raw', () => {
  test('carries bytes as they are to a second connection to /echo, which is in the trace', async () => {
    const { log, trace } = await visit('/raw?pong=0', (ws) => {
      ws.send(Uint8Array.of(0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69));
      ws.send('end');
    });
    expect(log).toEqual(['bytes 129 2 104 105', 'closed 1000 "The server ended the second connection without a Close frame."']);
    const second = trace.events.filter(({ connection }) => connection === 'server1');
    expect(second.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['connection_started', 'connection_opened', 'frame_received', 'connection_closed']),
    );
    expect(second[0]).toMatchObject({ name: 'connection_started', url: '/echo?pong=0' });
  });

  test.each([
    [
      '',
      [
        [138, 1, 65],
        [129, 0],
      ],
    ],
    ['?pong=0', [[129, 0]]],
  ])('a ping on /raw%s is answered or left, and the text after it is echoed', async (query, answers) => {
    const { log } = await visit(`/raw${query}`, (ws) =>
      ws.send(Uint8Array.of(0x89, 0x81, 0, 0, 0, 0, 65, 0x81, 0x80, 0, 0, 0, 0)),
    );
    expect(log.slice(0, answers.length)).toEqual(answers.map((bytes) => `bytes ${bytes.join(' ')}`));
  });

  test.each([
    ['a frame without a mask', [0x81, 1, 65], 1002, 'A frame broke a rule of RFC 6455.'],
    ['a length in too long a form', [0x81, 0xfe, 0, 1, 0, 0, 0, 0, 65], 1002, 'A frame broke a rule of RFC 6455.'],
    ['text that is no UTF-8', [0x81, 0x81, 0, 0, 0, 0, 0xff], 1007, 'Text has to be valid UTF-8 (RFC 6455, section 8.1).'],
    ['such text in a first fragment', [1, 0x81, 0, 0, 0, 0, 0xff], 1007, 'Text has to be valid UTF-8 (RFC 6455, section 8.1).'],
    ['a Close with a code that is for nobody', [0x88, 0x82, 0, 0, 0, 0, 3, 0xed], 1002, 'A frame broke a rule of RFC 6455.'],
  ])('%s is answered with a Close that says why', async (_, frame, code, reason) => {
    const { log } = await visit('/raw', (ws) => ws.send(Uint8Array.from(frame)));
    const close = Buffer.concat([Uint8Array.of(0x88, reason.length + 2, code >> 8, code & 255), Buffer.from(reason)]);
    expect(log).toEqual([`bytes ${[...close].join(' ')}`, `closed 1000 "The server closed the second connection with ${code}."`]);
  });
});

test('a query asks for fragments, pings in between, and regular pings, on every address', async () => {
  const { trace } = await visit('/ticker?every=300&count=1&fragment=4&ping=1&pingevery=200', (ws, { clock }) =>
    clock.set(() => ws.close(), 450, false),
  );
  const sent = trace.events.flatMap((event) =>
    event.name === 'frame_sent' && event.direction === 'server-to-client'
      ? [[event.time, event.opcode, event.fin, event.length]]
      : [],
  );
  expect(sent).toEqual([
    [200, 9, true, 0],
    [300, 1, false, 4],
    [300, 9, true, 10],
    [300, 0, true, 2],
    [400, 9, true, 0],
    [450, 8, true, 0],
  ]);
});

describe('an address that is refused', () => {
  /** Returns the answer to a request, as text. */
  async function answerTo(target: string, ...fields: string[]): Promise<string> {
    const { log, errors } = await runStock({
      A: ({ network, log }) => {
        const socket = network.connect(4321);
        let answer = '';
        socket.onData = (bytes) => (answer += new TextDecoder().decode(bytes));
        socket.onEnd = () => log.push(answer) && socket.end();
        const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', ...fields];
        socket.write(Buffer.from([`GET ${target} HTTP/1.1`, 'Host: x', ...upgrade, '\r\n'].join('\r\n')));
      },
    });
    expect(errors).toEqual([]);
    return log.join();
  }

  test.each([
    ['/ticker?every=1', 400, 'Wrong parameter: "every" is "1"; it takes a whole number from 10 to 60000.\n'],
    ['/echo?pong=no', 400, 'Wrong parameter: "pong" is "no"; it takes "1" or "0".\n'],
    [
      '/broadcast/a%20b',
      400,
      'Wrong parameter: "room" is "a b"; it takes a name of 1 to 64 letters, digits and the signs . _ ~ -.\n',
    ],
    ['/poll/x', 400, 'This is not a WebSocket address: ask it with http:// or https://.\n'],
    ['/echo', 400, 'Sec-WebSocket-Key has to be 16 random bytes in base64 (RFC 6455, section 4.1).\n'],
  ])('%s is answered with %i and a sentence', async (target, status, sentence) => {
    const [head = '', body] = (await answerTo(target)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(body).toBe(sentence);
  });

  test('an unknown one is answered with the list of addresses', async () => {
    for (const target of ['/nowhere', '/echo/more', '/x/../echo', '//echo']) {
      const [head, body] = (await answerTo(target)).split('\r\n\r\n');
      expect(head).toMatch(/^HTTP\/1\.1 404 Not Found/);
      expect(body).toMatch(
        /^There is no such address here\.\n\nThe addresses of this sandbox:\n {2}WS {4}\/echo\?compress=1 +sends/,
      );
    }
  });

  test('a client is told of it as of any connection that failed', async () => {
    expect((await visit('/nowhere')).log).toEqual(['closed 1006 "" uncleanly']);
  });
});
