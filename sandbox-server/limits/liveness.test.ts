import { expect, test } from 'vitest';
import { createFakeTimers } from '../testing/fake-timers.ts';
import { noFaults } from '../testing/no-faults.ts';
import { Liveness } from './liveness.ts';

function silentMember() {
  return {
    heardAt: 0,
    linkBusy: false,
    pingedAt: undefined as number | undefined,
    pings: 0,
    ended: false,
    ping() {
      this.pings++;
    },
    terminate() {
      this.ended = true;
    },
  };
}

test('a silent member is pinged once after 20 s, and ended 8 s later', () => {
  const timers = createFakeTimers();
  const member = silentMember();
  new Liveness(20_000, 8000, timers, noFaults).add(member);
  timers.pass(19_000);
  expect(member.pings).toBe(0);
  timers.pass(2000);
  expect(member.pings).toBe(1);
  timers.pass(6000);
  expect(member).toMatchObject({ pings: 1, ended: false });
  timers.pass(2000);
  expect(member.ended).toBe(true);
});

test('a member that answers is pinged again 20 s after its answer, and one that speaks is not pinged', () => {
  const timers = createFakeTimers();
  const [answers, speaks] = [silentMember(), silentMember()];
  const liveness = new Liveness(20_000, 8000, timers, noFaults);
  liveness.add(answers);
  liveness.add(speaks);
  for (let second = 0; second < 100; second++) {
    if (answers.pings > 0 && answers.pingedAt !== undefined) answers.heardAt = timers.now();
    speaks.heardAt = timers.now();
    timers.pass(1000);
  }
  expect(answers).toMatchObject({ pings: 4, ended: false });
  expect(speaks).toMatchObject({ pings: 0, ended: false });
});

test('the wait for an answer begins when the ping has left a slow link', () => {
  const timers = createFakeTimers();
  const member = silentMember();
  new Liveness(20_000, 8000, timers, noFaults).add(member);
  timers.pass(20_000);
  member.linkBusy = true;
  timers.pass(60_000);
  expect(member.ended).toBe(false);
  member.linkBusy = false;
  timers.pass(9000);
  expect(member.ended).toBe(true);
});

test('without members no timer waits', () => {
  const timers = createFakeTimers();
  const member = silentMember();
  const liveness = new Liveness(20_000, 8000, timers, noFaults);
  liveness.add(member);
  expect(timers.waiting).toBe(1);
  liveness.delete(member);
  expect(timers.waiting).toBe(0);
});
