import { expect, test } from 'vitest';
import { resolveOptions } from './options.ts';
import { Routes } from './routes.ts';
import { Sessions } from './sessions.ts';
import { createFakeTimers } from './testing/fake-timers.ts';
import { sharesWith } from './testing/shares.ts';

test('only an address of a session that there is counts as one in a session, whatever its query says', () => {
  const timers = createFakeTimers();
  const sessions = new Sessions(resolveOptions({}), timers, sharesWith('sessions'));
  const routes = new Routes([], [], sessions, () => timers.now());
  const { id } = sessions.start({}).session;
  const inside = [`/s/${id}/echo`, `/s/${id}.A1.0/poll/x`, `http://host/s/${id}/tap`, `/x/../s/${id}/echo`];
  const outside = ['/s/nobody/echo', `/poll/x?a=/s/${id}/`, `/healthz#/s/${id}/echo`, `/x/s/${id}/echo`, '/s/', '', undefined];
  expect(inside.map((target) => routes.isInSession(target))).toEqual([true, true, true, true]);
  expect(outside.filter((target) => routes.isInSession(target))).toEqual([]);
});
