import { describe, expect, test } from 'vitest';
import { mapAddress } from './address.ts';

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

  test('says that an address was elsewhere only where it named another host', () => {
    expect(mapAddress('/echo', base, 'A1')?.isElsewhere).toBe(false);
    expect(mapAddress('ws://localhost:4321/echo', base, 'A1')?.isElsewhere).toBe(false);
    expect(mapAddress('ws://localhost:9999/echo', base, 'A1')?.isElsewhere).toBe(true);
  });

  test('leaves what a browser refuses to the browser', () => {
    expect(url('ftp://example.com')).toBeUndefined();
    expect(url('ws://')).toBeUndefined();
    expect(url('/echo#part')).toBe(`${base}.A1/echo#part`);
  });

  test('keeps the scheme of the base, also for wss', () => {
    expect(mapAddress('/echo', 'wss://play.example/s/x', 'B2')?.url).toBe('wss://play.example/s/x.B2/echo');
  });
});
