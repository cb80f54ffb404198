import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameParser } from '../../../protocol/wire/frame.ts';
import { createFakeTimers } from '../../testing/fake-timers.ts';
import { somebody } from '../../testing/shares.ts';
import { type Member, SharedAudience } from './shared-audience.ts';
import { FrameWriter } from './frame-writer.ts';
import { noFault, noOwner } from '../../testing/no-faults.ts';
import { notingSocket } from '../../testing/noting-socket.ts';
import { Tick } from './tick.ts';

/** Returns a member on a socket that records each write. A `lone` one has no writer, like a member behind a link. */
function createMember(id: string, turn: Tick, lone = false) {
  const { socket, writes } = notingSocket();
  const writer = new FrameWriter(socket, turn, noOwner);
  const member = {
    id,
    handshakeKey: '',
    holder: somebody,
    isOpen: true,
    writer: lone ? undefined : writer,
    send(data: string | Uint8Array) {
      if (member.isOpen) writer.send(data);
    },
    close() {
      writer.flush();
      member.isOpen = false;
    },
    onMessage: () => undefined,
    onClose: () => undefined,
    guarded: <Given extends unknown[]>(act: (...given: Given) => void) => act,
  };
  return {
    member: member satisfies Member,
    writer,
    writes,
    heard: (): string[] =>
      writes.flatMap((bytes) => new FrameParser().push(bytes).map(({ payload }) => Buffer.from(payload).toString())),
  };
}

function setUp(count: number, lone: (at: number) => boolean = () => false) {
  const timers = createFakeTimers();
  const turn = new Tick(timers);
  const audience = new SharedAudience(turn, noFault);
  const all = Array.from({ length: count }, (_, i) => createMember(String(i), turn, lone(i)));
  for (const { member } of all) audience.add(member);
  timers.pass(0);
  return { timers, audience, all };
}

test('puts a message for a thousand members in step together once, and writes to each once a turn', () => {
  const { timers, audience, all } = setUp(1000);
  for (const message of ['a', 'b', 'c']) audience.send(message);
  expect(all[0]?.writer.size).toBe(9);
  timers.pass(0);
  expect(new Set(all.map(({ writes }) => writes[0])).size).toBe(1);
  expect(all.every(({ writes, heard }) => writes.length === 1 && heard().join('') === 'abc')).toBe(true);
});

test('a member that joins in the middle of a turn hears only what is sent from then on', () => {
  const { timers, audience, all } = setUp(1);
  const late = createMember('late', new Tick(timers));
  audience.send('before');
  audience.add(late.member);
  audience.send('after');
  timers.pass(0);
  expect([all[0]?.heard(), late.heard()]).toEqual([['before', 'after'], ['after']]);
});

test('a flush before a control frame writes what the member is owed by then, and the rest follows', () => {
  const { timers, audience, all } = setUp(2);
  audience.send('before the ping');
  all[0]?.writer.flush();
  expect([all[0]?.heard(), all[1]?.heard()]).toEqual([['before the ping'], []]);
  audience.send('after it');
  timers.pass(0);
  for (const { heard } of all) expect(heard()).toEqual(['before the ping', 'after it']);
});

test('a member that begins to close gets what it is owed, and nothing after that', () => {
  const { timers, audience, all } = setUp(2);
  audience.send('last');
  all[0]?.member.close();
  audience.send('too late');
  timers.pass(0);
  audience.send('much too late');
  timers.pass(0);
  expect(all[0]?.heard()).toEqual(['last']);
});

type Step =
  | { kind: 'all'; except: number | undefined }
  | { kind: 'own' | 'flush' | 'leave' | 'join' | 'close'; at: number }
  | { kind: 'turn' };
const at = fc.nat(4);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('all' as const), except: fc.option(at, { nil: undefined }) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('own', 'flush', 'leave', 'join', 'close'), at }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'turn' as const }) },
  ),
  { maxLength: 60 },
);

test('whatever happens, each member hears what it would hear if it were sent each message by itself', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const { timers, audience, all } = setUp(5, (i) => i === 4);
      const expected: string[][] = all.map(() => []);
      const inside = new Set(all.keys());
      for (const [n, step] of list.entries()) {
        const text = `${n}`;
        if (step.kind === 'turn') timers.pass(10);
        else if (step.kind === 'all') {
          audience.send(text, step.except === undefined ? undefined : all[step.except]?.member);
          for (const i of inside) if (i !== step.except && all[i]?.member.isOpen) expected[i]?.push(text);
        } else {
          const one = all[step.at];
          if (!one) continue;
          if (step.kind === 'own') {
            one.member.send(text);
            if (one.member.isOpen) expected[step.at]?.push(text);
          } else if (step.kind === 'flush') one.writer.flush();
          else if (step.kind === 'close') one.member.close();
          else if (step.kind === 'join') {
            // A connection joins once, as it opens.
            if (inside.has(step.at)) continue;
            audience.add(one.member);
            inside.add(step.at);
          } else {
            // It leaves as it closes.
            one.member.close();
            audience.delete(one.member);
            inside.delete(step.at);
          }
        }
      }
      timers.pass(10);
      expect(all.map(({ heard }) => heard())).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
