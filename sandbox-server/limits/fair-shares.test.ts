import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Holder, NoPlace, Place } from '../endpoints/shares.ts';
import { FairShares, type SharedLimit } from './fair-shares.ts';

const who = (address: string, session?: string): Holder => ({ address, session });

/** Returns shares with these bounds, and a list of the places that gave way. */
function sharesOf(bounds: Partial<SharedLimit['bounds']>) {
  const gone: string[] = [];
  const shares = new FairShares({
    bounds: { server: Infinity, address: Infinity, session: Infinity, ...bounds },
    refusal: (scope) => ({ reason: `${scope} is full`, limit: scope }),
    givesWay: (scope, isIdle) => ({ reason: isIdle ? `${scope}, idle` : scope, limit: scope }),
  });
  const take = (name: string, holder: Holder, more: { isIdle?: () => boolean; usedAt?: () => number } = {}) =>
    shares.take(holder, { giveWay: ({ reason }) => gone.push(`${name}: ${reason}`), ...more });
  return { shares, gone, take };
}

const isPlace = (taken: Place | NoPlace): taken is Place => 'join' in taken;

test('a lone holder gets all places and is refused one more', () => {
  const { shares, gone, take } = sharesOf({ server: 3 });
  for (const name of ['1', '2', '3']) expect(isPlace(take(name, who('a')))).toBe(true);
  expect(take('4', who('a'))).toEqual({ reason: 'server is full', limit: 'server' });
  expect([shares.size, gone]).toEqual([3, []]);
});

test('gives others the places of whoever holds the most until all hold the same, then refuses them', () => {
  const { shares, gone, take } = sharesOf({ server: 6 });
  for (let i = 1; i <= 6; i++) take(`a${i}`, who('a'));
  for (let i = 1; i <= 3; i++) expect(isPlace(take(`b${i}`, who('b')))).toBe(true);
  expect(take('b4', who('b'))).toMatchObject({ reason: 'server is full' });
  expect(take('a7', who('a'))).toMatchObject({ reason: 'server is full' });
  expect(gone).toEqual(['a1: server', 'a2: server', 'a3: server']);
  expect(isPlace(take('c1', who('c')))).toBe(true);
  expect(shares.size).toBe(6);
});

test('behind one address the session with the most places gives way, and places without a session count as one session', () => {
  const { gone, take } = sharesOf({ server: 4 });
  for (let i = 1; i <= 3; i++) take(`s${i}`, who('a', 's'));
  take('t1', who('a', 't'));
  expect(isPlace(take('plain', who('a')))).toBe(true);
  expect(gone).toEqual(['s1: server']);
  expect(isPlace(take('u1', who('a', 'u')))).toBe(true);
  expect(gone).toEqual(['s1: server', 's2: server']);
  expect(isPlace(take('v1', who('a', 'v')))).toBe(false);
});

test('sessions share the bound of their address, touch no other address, and are refused at their own bound', () => {
  const { gone, take } = sharesOf({ server: 100, address: 4, session: 3 });
  for (let i = 1; i <= 3; i++) take(`s${i}`, who('a', 's'));
  expect(take('s4', who('a', 's'))).toEqual({ reason: 'session is full', limit: 'session' });
  for (let i = 1; i <= 20; i++) take(`b${i}`, who('b'));
  take('plain', who('a'));
  expect(isPlace(take('t1', who('a', 't')))).toBe(true);
  expect(gone).toEqual(['s1: address']);
  expect(take('b21', who('b'))).toEqual({ reason: 'address is full', limit: 'address' });
});

test('takes the idle places of a holder first, then the least recently used', () => {
  const { gone, take } = sharesOf({ server: 4 });
  const used = { old: 1, older: 0, idle: 9, oldIdle: 8 };
  take('old', who('a'), { usedAt: () => used.old, isIdle: () => false });
  take('older', who('a'), { usedAt: () => used.older, isIdle: () => false });
  take('idle', who('a'), { usedAt: () => used.idle, isIdle: () => true });
  take('old idle', who('a'), { usedAt: () => used.oldIdle, isIdle: () => true });
  for (const address of ['b', 'c']) take(address, who(address), { isIdle: () => false });
  expect(gone).toEqual(['old idle: server, idle', 'idle: server, idle']);
  take('d', who('d'), { isIdle: () => false });
  expect(gone.at(-1)).toBe('older: server');
});

test('an idle place gives way to those who hold as much, even its own holder, but never to those who hold more', () => {
  const { gone, take } = sharesOf({ server: 3 });
  const idle = { isIdle: () => true };
  take('a1', who('a'), idle);
  for (const name of ['b1', 'b2']) take(name, who('b'), { isIdle: () => false });
  expect(isPlace(take('b3', who('b'), idle))).toBe(false);
  expect(isPlace(take('a2', who('a'), idle))).toBe(true);
  expect(gone).toEqual(['a1: server, idle']);
});

test('a shared place is as safe as with the poorest of its holders, until that one leaves', () => {
  const { gone, take } = sharesOf({ server: 4 });
  const places = [1, 2, 3, 4].map((i) => take(`a${i}`, who('a'))) as Place[];
  const leave = places[0]?.join(who('b'));
  expect(isPlace(take('c1', who('c')))).toBe(true);
  expect(gone).toEqual(['a2: server']);
  leave?.();
  expect(isPlace(take('d1', who('d')))).toBe(true);
  expect(gone).toEqual(['a2: server', 'a1: server']);
  // Two who hold equally many protect nothing by joining each other's places.
  const both = sharesOf({ server: 4 });
  for (const i of [1, 2, 3, 4]) (both.take(`a${i}`, who('a')) as Place).join(who('b'));
  expect(isPlace(both.take('c1', who('c')))).toBe(true);
  expect(both.gone).toEqual(['a1: server']);
});

test('a place that its first holder has left belongs to those who joined', () => {
  const { shares, gone, take } = sharesOf({ server: 2 });
  const place = take('a1', who('a')) as Place;
  place.join(who('b'));
  place.leave();
  take('b2', who('b'));
  expect(isPlace(take('a2', who('a')))).toBe(true);
  expect([shares.size, gone]).toEqual([2, ['a1: server']]);
  place.release();
  expect(shares.size).toBe(2);
});

test('drops the oldest bytes of whoever keeps the most, and leaves those of others', () => {
  const shares = sharesOf({ server: 100 }).shares;
  const keep = (holder: Holder, age: number) => {
    const kept = { bytes: 0 };
    const letGo = (): void => bytes.set((kept.bytes -= 10));
    const bytes = shares.open(holder, { giveWay: letGo, usedAt: () => age });
    return { kept, set: (more: number) => bytes.set((kept.bytes = more)), bytes };
  };
  const [first, second, honest] = [keep(who('a'), 2), keep(who('a'), 1), keep(who('b'), 0)];
  honest.set(30);
  first.set(40);
  second.set(60);
  expect([first.kept.bytes, second.kept.bytes, honest.kept.bytes]).toEqual([40, 30, 30]);
  honest.set(50);
  expect([first.kept.bytes, second.kept.bytes, honest.kept.bytes]).toEqual([40, 10, 50]);
  honest.set(90);
  expect([first.kept.bytes, second.kept.bytes, honest.kept.bytes]).toEqual([40, 10, 50]);
  first.bytes.release();
  first.bytes.set(40);
  expect(shares.size).toBe(60);
});

test('always gives way only to one who stays poorer, and refuses nobody who is poorer than the others', () => {
  const step = fc.record({
    address: fc.constantFrom('a', 'b', 'c'),
    session: fc.constantFrom('s', 't', undefined),
    goes: fc.boolean(),
    which: fc.nat(20),
  });
  const bounds = { server: 7, address: 5, session: 4 };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const { shares } = sharesOf(bounds);
      const held = new Map<object, { holder: Holder; place: Place }>();
      const lost: Holder[] = [];
      const amount = (holders: Iterable<Holder>, one: Holder, ofSession: boolean): number =>
        [...holders].filter(({ address, session }) => address === one.address && (!ofSession || session === one.session)).length;
      for (const { goes, which, ...holder } of steps) {
        const before = [...held.values()].map((one) => one.holder);
        if (goes) {
          const [key, one] = [...held][which] ?? [];
          one?.place.release();
          held.delete(key ?? {});
          continue;
        }
        const key = {};
        const giveWay = (): void => {
          lost.push((held.get(key) as { holder: Holder }).holder);
          held.delete(key);
        };
        const taken = shares.take(holder, { giveWay });
        if (isPlace(taken)) held.set(key, { holder, place: taken });
        const isPoorerThan = (other: Holder): boolean => {
          const ofSession = other.address === holder.address;
          return amount(before, holder, ofSession) + 1 < amount(before, other, ofSession);
        };
        for (const other of lost.splice(0)) expect(isPoorerThan(other)).toBe(true);
        const isAtOwnBound = holder.session !== undefined && amount(before, holder, true) >= bounds.session;
        if (!isPlace(taken) && !isAtOwnBound) {
          const rivals = taken.limit === 'address' ? before.filter(({ address }) => address === holder.address) : before;
          expect(rivals.some(isPoorerThan)).toBe(false);
        }
        expect(held.size).toBeLessThanOrEqual(bounds.server);
        expect(shares.size).toBe(held.size);
      }
    }),
  );
});
