import { describe, expect, test } from 'vitest';
import { converse, countingBytes, thrownBy } from './testing/by-hand.ts';
import { createWebSocket } from './create-web-socket.ts';
import { Activity } from '../program/activity.ts';
import { ProgramNetwork } from '../program/network.ts';
import { ProgramClock } from '../program/program-clock.ts';

/** Returns a class that is connected to nothing. */
const idle = (base = 'http://localhost:4321/lessons/'): typeof WebSocket =>
  createWebSocket({
    network: new ProgramNetwork(0, () => undefined),
    clock: new ProgramClock(),
    activity: new Activity(() => Promise.resolve()),
    random: countingBytes(),
    base,
  });

describe('the constructor', () => {
  test('resolves the address against the page’s, and turns http into ws', () => {
    const Local = idle();
    const urlOf = (address: string | URL) => new Local(address).url;
    expect(urlOf('chat?x=1')).toBe('ws://localhost:4321/lessons/chat?x=1');
    expect(urlOf('/chat')).toBe('ws://localhost:4321/chat');
    expect(urlOf('HTTP://Example.com:80/a b')).toBe('ws://example.com/a%20b');
    expect(urlOf(new URL('https://example.com'))).toBe('wss://example.com/');
    expect(urlOf('wss://example.com:443/')).toBe('wss://example.com/');
    const OnTls = idle('https://example.com/');
    expect(new OnTls('//other/x').url).toBe('wss://other/x');
  });

  test.for([
    ['ws://a b/', "The URL 'ws://a b/' is invalid."],
    ['ws://a:99999', "The URL 'ws://a:99999' is invalid."],
    ['ftp://a/', "The URL's scheme must be either 'http', 'https', 'ws', or 'wss'. 'ftp' is not allowed."],
    ['/#x', "The URL contains a fragment identifier ('x'). Fragment identifiers are not allowed in WebSocket URLs."],
    ['/#', "The URL contains a fragment identifier (''). Fragment identifiers are not allowed in WebSocket URLs."],
  ] as const)('refuses the address %s', ([address, why]) => {
    const Local = idle();
    expect(thrownBy(() => new Local(address))).toBe(`SyntaxError 12: Failed to construct 'WebSocket': ${why}`);
  });

  test.for([
    ['', "The subprotocol '' is invalid."],
    ['a b', "The subprotocol 'a b' is invalid."],
    [['chat', 'é'], "The subprotocol '\\u00E9' is invalid."],
    [['a,b'], "The subprotocol 'a,b' is invalid."],
    [['chat', 'v2', 'chat'], "The subprotocol 'chat' is duplicated."],
  ] as const)('refuses the protocols %j', ([protocols, why]) => {
    const Local = idle();
    const act = () => new Local('/', protocols as string | string[]);
    expect(thrownBy(act)).toBe(`SyntaxError 12: Failed to construct 'WebSocket': ${why}`);
  });

  test('takes one argument at least, and no call without new', () => {
    const Local = idle() as unknown as { new (): WebSocket; (): void };
    expect(thrownBy(() => new Local())).toBe(
      "TypeError: Failed to construct 'WebSocket': 1 argument required, but only 0 present.",
    );
    expect(() => Local()).toThrow(TypeError);
  });
});

test('has the shape that browsers give it', () => {
  const Local = idle();
  const ws = new Local('/', null as unknown as string);
  expect(Object.prototype.toString.call(ws)).toBe('[object WebSocket]');
  expect(ws).toBeInstanceOf(Local);
  expect(ws).toBeInstanceOf(EventTarget);
  expect([Local.name, Local.length, Local.prototype.send.length, Local.prototype.close.length]).toEqual(['WebSocket', 1, 1, 0]);
  for (const place of [Local, Local.prototype, ws]) {
    expect([place.CONNECTING, place.OPEN, place.CLOSING, place.CLOSED]).toEqual([0, 1, 2, 3]);
  }
  expect(Object.getOwnPropertyDescriptor(Local, 'OPEN')).toEqual({
    value: 1,
    writable: false,
    enumerable: true,
    configurable: false,
  });
  const members = [];
  for (const member in ws) members.push(member);
  expect(members).toEqual(
    expect.arrayContaining(['url', 'readyState', 'bufferedAmount', 'onopen', 'onclose', 'binaryType', 'send', 'close', 'CLOSED']),
  );
  expect([ws.readyState, ws.bufferedAmount, ws.extensions, ws.protocol, ws.binaryType]).toEqual([0, 0, '', '', 'blob']);
  ws.binaryType = 'arraybuffer';
  ws.binaryType = 'nodebuffer' as BinaryType;
  expect(ws.binaryType).toBe('arraybuffer');
});

test('send throws before the connection is open, and for what cannot be sent', async () => {
  const { log, errors } = await converse(({ WebSocket, log }) => {
    const ws = new WebSocket('/');
    log.push(thrownBy(() => ws.send('early')));
    log.push(thrownBy(() => (ws.send as () => void)()));
    log.push(thrownBy(() => ws.send(Symbol('no') as unknown as string)).slice(0, 9));
    log.push(thrownBy(() => ws.send(new Uint8Array(new SharedArrayBuffer(1)) as unknown as Uint8Array<ArrayBuffer>)));
    log.push(String(ws.bufferedAmount));
  });
  expect(errors).toEqual([]);
  expect(log).toEqual([
    "InvalidStateError 11: Failed to execute 'send' on 'WebSocket': Still in CONNECTING state.",
    "TypeError: Failed to execute 'send' on 'WebSocket': 1 argument required, but only 0 present.",
    'TypeError',
    "TypeError: Failed to execute 'send' on 'WebSocket': The provided ArrayBufferView value must not be shared.",
    '0',
  ]);
});

describe('close', () => {
  const Local = idle();
  const { close } = Local.prototype as { close: (code?: unknown, reason?: unknown) => void };
  const thrown = (...given: unknown[]) => thrownBy(() => close.apply(new Local('/'), given as [unknown, unknown]));
  const neither = (code: number) =>
    `InvalidAccessError 15: Failed to execute 'close' on 'WebSocket': The close code must be either 1000, or between 3000 and 4999. ${code} is neither.`;

  test('takes 1000 and 3000 to 4999, converted as WebIDL clamps', () => {
    for (const code of [1000, 3000, 4999, '3001', 999.5, 1000.5, 2999.7, undefined]) expect(thrown(code)).toBe('nothing');
    for (const code of [0, 999, 1001, 1005, 2999, 5000]) expect(thrown(code)).toBe(neither(code));
    expect([thrown('x'), thrown(null), thrown(-5)]).toEqual([neither(0), neither(0), neither(0)]);
    expect([thrown(1e9), thrown(2999.5 - 1)]).toEqual([neither(65535), neither(2998)]);
  });

  test('takes a reason of at most 123 bytes in UTF-8', () => {
    const tooLong =
      "SyntaxError 12: Failed to execute 'close' on 'WebSocket': The close reason must not be greater than 123 UTF-8 bytes.";
    expect(thrown(1000, 'é'.repeat(61))).toBe('nothing');
    expect(thrown(1000, 'é'.repeat(62))).toBe(tooLong);
    // A lone surrogate is sent as the three bytes of U+FFFD.
    expect(thrown(1000, '\ud800'.repeat(41))).toBe('nothing');
    expect(thrown(1000, '\ud800'.repeat(42))).toBe(tooLong);
  });
});

test('the attributes on… hold a function, an object or null, and keep their place', async () => {
  const { log } = await converse(
    ({ WebSocket, log }) => {
      const ws = new WebSocket('/');
      const handlers = ws as unknown as Record<'onopen' | 'onclose', unknown>;
      ws.onopen = () => log.push('first');
      ws.addEventListener('open', () => log.push('second'));
      ws.onopen = function (this: unknown) {
        log.push(`in its place ${this === ws}`);
        ws.close();
      };
      handlers.onclose = 5;
      log.push(String(ws.onclose));
      handlers.onclose = { handleEvent: () => log.push('never') };
      log.push(typeof ws.onclose);
      ws.onerror = () => log.push('never');
      ws.onerror = null;
      ws.dispatchEvent(new Event('error'));
    },
    {},
    { latency: 1 },
  );
  expect(log).toEqual(['null', 'object', 'in its place true', 'second']);
});
