import { expect, test } from 'vitest';
import { resolveOptions } from '../options.ts';
import { Routes } from './routes.ts';
import { Sessions } from '../sessions/sessions.ts';
import { createFakeTimers } from '../testing/fake-timers.ts';
import { sharesWith } from '../testing/shares.ts';

test('only an address of an existing session counts as one in a session, whatever its query says', () => {
  const timers = createFakeTimers();
  const sessions = new Sessions(resolveOptions({}), timers, sharesWith('sessions'));
  const routes = new Routes([], [], sessions, () => timers.now());
  const { id } = sessions.start({}).session;
  const inside = [`/s/${id}/echo`, `/s/${id}.A1.0/poll/x`, `http://host/s/${id}/tap`];
  const outside = [
    '/s/nobody/echo',
    `/poll/x?a=/s/${id}/`,
    `/healthz#/s/${id}/echo`,
    `/x/s/${id}/echo`,
    '/s/',
    `/x/../s/${id}/echo`,
    `//s/${id}/echo`,
    '',
    undefined,
  ];
  expect(inside.map((target) => routes.isInSession(target))).toEqual([true, true, true]);
  expect(outside.filter((target) => routes.isInSession(target))).toEqual([]);
});

test.each([
  ['a backslash', '/s/..\\metrics'],
  ['segments that lead elsewhere', '/s/../metrics'],
  ['such segments, encoded', '/s/%2e%2E/metrics'],
  ['such a segment at the end', '/metrics/.'],
  ['an empty first segment', '//evil/metrics'],
  ['both', '/\\evil/metrics'],
  ['a backslash in absolute form', 'http://host/s\\..\\metrics'],
])('does not find an address with %s, because a proxy in front may read it as another', (_what, target) => {
  const timers = createFakeTimers();
  const sessions = new Sessions(resolveOptions({}), timers, sharesWith('sessions'));
  const routes = new Routes([], [], sessions, () => timers.now());
  expect(routes.find('/metrics?a=/../\\', () => undefined)).toMatchObject({ kind: 'http', address: { path: '/metrics' } });
  expect(routes.find('http://host/metrics', () => undefined)).toMatchObject({ kind: 'http', address: { path: '/metrics' } });
  expect(routes.find(target, () => undefined)).toBeUndefined();
});
