import { describe, expect, test } from 'vitest';
import { absoluteAddress, mapAddress, mapHttpAddress } from './address.ts';

const base = 'ws://localhost:4321/s/k3jf9';
const url = (address: string): string | undefined => mapAddress(address, base, 'A1')?.url;

describe('mapAddress', () => {
  test.each([
    ['/echo', '/echo'],
    ['echo', '/echo'],
    ['/broadcast/room-1?self=0', '/broadcast/room-1?self=0'],
    ['ws://localhost:4321/ticker?every=100', '/ticker?every=100'],
    ['http://localhost:4321/echo', '/echo'],
    ['ws://localhost:4321/s/k3jf9.A7/echo?latency=5', '/echo?latency=5'],
    ['wss://example.com/echo?latency=5', '/echo?latency=5'],
    ['ws://example.com/socket', '/echo'],
    ['ws://example.com', '/echo'],
  ])('leads %s to the session as %s, with the connection named', (address, expected) => {
    expect(url(address)).toBe(`${base}.A1${expected}`);
  });

  test('keeps an unknown path of the sandbox itself, so that its own refusal lists the addresses', () => {
    expect(url('/nowhere')).toBe(`${base}.A1/nowhere`);
  });

  test('says that an address was elsewhere only when it named another host', () => {
    expect(mapAddress('/echo', base, 'A1')?.isElsewhere).toBe(false);
    expect(mapAddress('ws://localhost:4321/echo', base, 'A1')?.isElsewhere).toBe(false);
    expect(mapAddress('ws://localhost:9999/echo', base, 'A1')?.isElsewhere).toBe(true);
  });

  test('takes a whole address that the sandbox does not have as that of a program from elsewhere, and says so', () => {
    // `ws://${location.host}/ws`, as tutorials write it.
    expect(mapAddress('ws://localhost:4321/ws', base, 'A1')).toEqual({ url: `${base}.A1/echo`, isElsewhere: true });
    expect(mapAddress('//localhost:4321/ws', base, 'A1')?.url).toBe(`${base}.A1/echo`);
    expect(mapAddress('ws://localhost:4321/broadcast/lobby', base, 'A1')).toEqual({
      url: `${base}.A1/broadcast/lobby`,
      isElsewhere: false,
    });
  });

  test.each([
    '/echo/../../../sessions',
    'ws://localhost:4321/s/x/../../sessions',
    '/%2e%2e/%2e%2e/echo',
    '\\\\evil\\..\\..\\x',
    '/..//echo',
  ])('leads no address out of the session: %s', (address) => {
    const { pathname, host } = new URL(url(address) ?? '');
    expect([host, pathname.startsWith('/s/k3jf9.A1/')]).toEqual(['localhost:4321', true]);
  });

  test('leaves what a browser refuses to the browser', () => {
    expect(url('ftp://example.com')).toBeUndefined();
    expect(url('ws://')).toBeUndefined();
    expect(url('/echo#part')).toBe(`${base}.A1/echo#part`);
  });

  test('keeps the scheme of the base, for wss too', () => {
    expect(mapAddress('/echo', 'wss://play.example/s/x', 'B2')?.url).toBe('wss://play.example/s/x.B2/echo');
  });
});

describe('mapHttpAddress', () => {
  const asked = (address: string, standIn: 'events' | 'messages' | 'poll' = 'poll'): string | undefined =>
    mapHttpAddress(address, base, standIn)?.url('A1', 3);

  test.each([
    ['/poll/news?after=3', '/poll/news?after=3'],
    ['http://localhost:4321/events/news', '/events/news'],
    ['http://localhost:4321/s/k3jf9.A7.2/events/news', '/events/news'],
    ['https://example.com/long-poll/news', '/long-poll/news'],
    ['https://example.com/api/v1/prices?from=2', '/poll/prices?from=2'],
    ['https://example.com/poll', '/poll/poll'],
    ['https://example.com', '/poll/lobby'],
    ['/nowhere', '/nowhere'],
  ])('leads %s to the session as %s, with the connection named and the request numbered', (address, expected) => {
    expect(asked(address)).toBe(`http://localhost:4321/s/k3jf9.A1.3${expected}`);
  });

  test('leads an address elsewhere to the channel of its last name, at the address that does what was asked for', () => {
    expect(mapHttpAddress('https://example.com/stream', base, 'events')?.path).toBe('/events/stream');
    expect(mapHttpAddress('https://example.com/stream', base, 'messages')).toMatchObject({
      path: '/messages/stream',
      isElsewhere: true,
    });
    expect(mapHttpAddress('/poll/x?after=1', base, 'poll')).toMatchObject({ path: '/poll/x', isElsewhere: false });
  });

  test('leads a whole address that the sandbox does not have to where an address elsewhere would lead', () => {
    expect(mapHttpAddress('http://localhost:4321/api/prices', base, 'poll')).toMatchObject({
      path: '/poll/prices',
      isElsewhere: true,
    });
  });

  test('ignores a name and a password in the address of an EventSource, which a browser accepts', () => {
    expect(asked('http://me:secret@localhost:4321/events/news', 'events')).toBe('http://localhost:4321/s/k3jf9.A1.3/events/news');
  });

  test('leaves to the browser what it refuses, and what is not on the network', () => {
    for (const address of ['http://', 'blob:null/1', 'data:,x', 'ws://x/echo', 'http://me:secret@example.com/']) {
      expect(asked(address)).toBeUndefined();
    }
  });

  test('an address is made absolute against the sandbox, as on a page of its own', () => {
    expect(absoluteAddress('/poll/x', base)).toBe('http://localhost:4321/poll/x');
    expect(absoluteAddress('https://example.com/x', base)).toBe('https://example.com/x');
    expect(absoluteAddress('http://', base)).toBe('http://');
  });
});
