import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { type Options, resolveOptions } from '../options.ts';
import { ClientAddresses } from './client-addresses.ts';

const request = (remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

function table(given: Partial<Options> = {}) {
  const clock = { now: 0 };
  return { clock, addresses: new ClientAddresses(resolveOptions(given), () => clock.now) };
}

test('forgets an idle address that holds nothing when others come, but not one that holds something', () => {
  const { clock, addresses } = table();
  addresses.of(request('192.0.2.1')).hold();
  for (let i = 0; i < 500; i++) addresses.of(request(`198.51.100.${i % 250}`)).count('requests', addresses, clock.now);
  expect(addresses.size).toBe(251);
  clock.now = 60_000;
  for (let i = 0; i < 300; i++) addresses.of(request('203.0.113.1'));
  expect(addresses.size).toBe(2);
});

test('the table never grows beyond its bound, however many addresses there are at once', () => {
  const { addresses } = table();
  for (let i = 0; i < 30_000; i++)
    addresses.of(request(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`)).count('requests', addresses, 0);
  expect(addresses.size).toBeLessThanOrEqual(10_001);
});

test('counts an IPv4 address once however it is written, and a 64-bit IPv6 network as one', () => {
  const { addresses } = table();
  const same = (a: string, b: string): boolean => {
    const allowance = addresses.of(request(a));
    allowance.hold();
    return allowance === addresses.of(request(b));
  };
  expect(same('::ffff:192.0.2.7', '192.0.2.7')).toBe(true);
  expect(same('2001:db8:1:2:3:4:5:6', '2001:db8:1:2::9')).toBe(true);
  expect(same('2001:db8::1', '2001:db8:0:0:ffff::')).toBe(true);
  expect(same('2001:db8:1:2::9', '2001:db8:1:3::9')).toBe(false);
  expect(same('fe80::1%eth0', 'fe80::2')).toBe(true);
});

test('behind a proxy, the last address in its header counts; without that option, the header is ignored', () => {
  const forwarded = (value: string): IncomingMessage => request('127.0.0.1', { 'x-forwarded-for': value });
  const behind = table({ addressHeader: 'X-Forwarded-For' }).addresses;
  const client = behind.of(forwarded('192.0.2.1'));
  client.hold();
  expect(behind.of(forwarded('6.6.6.6, 192.0.2.1'))).toBe(client);
  expect(behind.of(forwarded('192.0.2.1, 192.0.2.2'))).not.toBe(client);
  expect(behind.of(forwarded('nonsense'))).not.toBe(client);
  const plain = table().addresses;
  const proxy = plain.of(forwarded('192.0.2.1'));
  proxy.hold();
  expect(plain.of(forwarded('192.0.2.2'))).toBe(proxy);
});
