import { expect, test } from 'vitest';
import { mapAddress, mapHttpAddress } from '../../site/runner/sandboxed/traced/address.ts';
import { mapHttpToStock, mapToStock } from './addresses.ts';

const base = 'http://localhost:4321/lessons/';

test.each([
  ['/echo', '/echo', false],
  ['echo', '/echo', false],
  ['/broadcast/~room?self=0', '/broadcast/~room?self=0', false],
  ['ws://localhost:4321/ticker?every=100', '/ticker?every=100', false],
  ['ws://localhost:4321/s/k3jf9.A7/echo?pong=0', '/echo?pong=0', false],
  ['/nowhere', '/nowhere', false],
  ['ws://localhost:4321/ws', '/echo', true],
  ['ws://localhost:9999/echo', '/echo', true],
  ['wss://example.com/echo?ping=1', '/echo?ping=1', true],
  ['ws://example.com', '/echo', true],
])('%s leads to %s of the stock server', (address, expected, isElsewhere) => {
  expect(mapToStock(address, base)).toEqual({ url: `ws://localhost:4321${expected}`, isElsewhere });
});

test('keeps TLS in the scheme where the page has it, and the fragment that a browser refuses', () => {
  expect(mapToStock('ws://example.com/echo', 'https://play.example/')?.url).toBe('wss://play.example/echo');
  expect(mapToStock('/echo#part', base)?.url).toBe('ws://localhost:4321/echo#part');
});

test.each(['ftp://example.com', 'ws://', 'blob:abc'])('leaves %s to the browser', (address) => {
  expect(mapToStock(address, base)).toBeUndefined();
});

test.each([
  ['/poll/news?after=3', '/poll/news?after=3', false],
  ['https://example.com/long-poll/news', '/long-poll/news', true],
  ['https://example.com/api/v1/prices?from=2', '/poll/prices?from=2', true],
  ['https://example.com', '/poll/lobby', true],
  ['/nowhere', '/nowhere', false],
])('%s over HTTP leads to %s of the stock server', (address, expected, isElsewhere) => {
  expect(mapHttpToStock(address, base, 'poll')).toEqual({ url: `http://localhost:4321${expected}`, isElsewhere });
});

test('over HTTP, a name and password are for an EventSource alone, which drops them, and a WebSocket’s address for nobody', () => {
  const address = 'http://me:secret@example.com/news';
  expect(mapHttpToStock(address, base, 'poll')).toBeUndefined();
  expect(mapHttpToStock(address, base, 'events')?.url).toBe('http://localhost:4321/events/news');
  expect(mapHttpToStock('ws://example.com/news', base, 'events')).toBeUndefined();
});

test('every address leads to the same place as on the live network, and is told of in the same cases', () => {
  const session = 'ws://localhost:4321/s/k3jf9';
  const places = [
    'echo',
    '/raw?ping=1',
    '/poll/x',
    '/events',
    '/a/b/c',
    '//other/x',
    '\\\\other\\x',
    '/..//echo',
    '?q',
    '/s/a/echo',
  ];
  const hosts = ['', 'ws://localhost:4321', 'http://localhost:4321', 'ws://localhost:1', 'https://example.com'];
  const addresses = hosts.flatMap((host) => places.map((place) => `${host}${host && !place.startsWith('/') ? '/' : ''}${place}`));
  for (const address of addresses) {
    const live = mapAddress(address, session, 'A1');
    const here = mapToStock(address, base);
    expect([address, here?.url, here?.isElsewhere]).toEqual([address, live?.url.replace('/s/k3jf9.A1', ''), live?.isElsewhere]);
    const asked = mapHttpAddress(address, session, 'messages');
    const place = mapHttpToStock(address, base, 'messages');
    const url = asked?.url('A1', 0).replace('/s/k3jf9.A1.0', '');
    expect([address, place?.url, place?.isElsewhere]).toEqual([address, url, asked?.isElsewhere]);
  }
});
