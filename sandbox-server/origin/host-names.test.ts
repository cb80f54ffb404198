import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { HostNames, readHost } from './host-names.ts';

const names = (host: string, allowHost = ''): HostNames => new HostNames({ host, allowHost });

test.each(['localhost', '127.0.0.1', '::1'])('a server on %s is known only by loopback names and addresses', (host) => {
  const known = [
    'localhost',
    'LOCALHOST:4321',
    'localhost.',
    'play.localhost:1',
    '127.0.0.1:4321',
    '127.8.9.1',
    '[::1]:4321',
    'sandbox',
    undefined,
  ];
  const unknown = [
    'evil.example',
    'evil.example:4321',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '192.168.1.5',
    'pc.local',
    '[2001:db8::1]',
    '',
  ];
  expect(known.filter((field) => !names(host).knows(field))).toEqual([]);
  expect(unknown.filter((field) => names(host).knows(field))).toEqual([]);
});

test.each(['0.0.0.0', '::', '192.168.1.5'])(
  'a server on %s is also known by addresses and by names of its machine and its network',
  (host) => {
    const known = [
      'localhost:8080',
      '192.168.1.5:8080',
      '[fe80::1]:8080',
      '[2001:db8::1]',
      'pc.local',
      'teacher-pc:8080',
      `${hostname().toUpperCase()}:1`,
    ];
    const unknown = [
      'evil.example',
      'evil.example:8080',
      '192.168.1.5.evil.example',
      'pc.local.evil.example',
      '192.168.1.5.nip.io',
    ];
    expect(known.filter((field) => !names(host).knows(field))).toEqual([]);
    expect(unknown.filter((field) => names(host).knows(field))).toEqual([]);
  },
);

test('a server is known by the name it listens on, and by those in --allow-host wherever it listens', () => {
  expect(names('play.example.org').knows('play.example.org:4321')).toBe(true);
  const allowed = names('localhost', 'play.example.org, Other.example');
  expect(['play.example.org', 'PLAY.example.org.:80', 'other.example'].every((field) => allowed.knows(field))).toBe(true);
  expect(['evil.example', 'x.play.example.org'].some((field) => allowed.knows(field))).toBe(false);
  expect(names('localhost', '*').knows('evil.example')).toBe(true);
});

test.each(['a b', 'a/b', 'user@localhost', 'localhost:x', 'localhost:1:2', '[::1', 'a?b', 'a#b', ':80'])(
  '%s is not a host',
  (field) => {
    expect(readHost(field)).toBeUndefined();
    expect(names('localhost').knows(field)).toBe(false);
  },
);
