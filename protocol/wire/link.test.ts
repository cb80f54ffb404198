// Longer than most files: every rule of one model, case by case.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Link, type LinkEvent } from './link.ts';
import { carries, idealLink, isIdeal, type LinkConditions } from './link-conditions.ts';
import type { Direction } from './direction.ts';

const up: Direction = 'client-to-server';
const down: Direction = 'server-to-client';

interface Sent {
  direction: Direction;
  bytes: number;
  at: number;
}

/** Runs a link as its driver does: advance to each next time, send at the times given. */
function run(conditions: Partial<LinkConditions>, sent: Sent[]): LinkEvent<number>[] {
  const link = new Link<number>({ ...idealLink, ...conditions });
  const events: LinkEvent<number>[] = [];
  sent.forEach(({ direction, bytes, at }, unit) => {
    for (let next = link.nextTime; next !== undefined && next < at; next = link.nextTime) events.push(...link.advance(next));
    link.send(direction, bytes, unit, at);
  });
  for (let next = link.nextTime; next !== undefined; next = link.nextTime) events.push(...link.advance(next));
  return events;
}

const times = (events: LinkEvent<number>[], name: LinkEvent<number>['name']) =>
  events.filter((event) => event.name === name).map(({ unit, time }) => [unit, time]);

describe('a full-duplex link', () => {
  test('carries both directions at once, each after its latency', () => {
    const events = run({ latency: 500 }, [
      { direction: up, bytes: 5, at: 0 },
      { direction: down, bytes: 5, at: 100 },
    ]);
    expect(times(events, 'departed')).toEqual([
      [0, 0],
      [1, 100],
    ]);
    expect(times(events, 'arrived')).toEqual([
      [0, 500],
      [1, 600],
    ]);
  });

  test('takes bytes * 8 / bandwidth seconds to put a unit on the link, and the next waits for it', () => {
    const events = run({ latency: 10, bandwidth: 8000 }, [
      { direction: up, bytes: 100, at: 0 },
      { direction: up, bytes: 50, at: 0 },
    ]);
    expect(times(events, 'departed')).toEqual([
      [0, 0],
      [1, 100],
    ]);
    expect(times(events, 'arrived')).toEqual([
      [0, 110],
      [1, 160],
    ]);
  });
});

test('a departure says how long the unit takes, and it arrives then, under any conditions and order of departures', () => {
  const sending = fc.record({ direction: fc.constantFrom(up, down), bytes: fc.nat(500), gap: fc.nat(40) });
  const duplex = fc.constantFrom('half' as const, 'full' as const);
  const conditions = fc.record({ duplex, latency: fc.nat(80), jitter: fc.nat(60), bandwidth: fc.nat(90_000), loss: fc.nat(50) });
  fc.assert(
    fc.property(conditions, fc.array(sending, { maxLength: 20 }), (given, sendings) => {
      let at = 0;
      const events = run(
        given,
        sendings.map(({ direction, bytes, gap }) => ({ direction, bytes, at: (at += gap) })),
      );
      for (const { name, unit, time, takes = NaN } of events) {
        if (name !== 'departed') continue;
        const arrived = events.find((event) => event.name === 'arrived' && event.unit === unit);
        expect(arrived?.time).toBeCloseTo(time + takes, 6);
      }
    }),
  );
});

test('reports simultaneous arrivals, and what a cut loses, in the order of departure across both directions', () => {
  const sent = [up, down, down, up, down, up].map((direction, i) => ({ direction, bytes: 5, at: i }));
  const arrivals = sent.map(({ at }) => [at, 100]);
  const catchUp = new Link<number>({ ...idealLink, latency: 100 });
  const cut = new Link<number>({ ...idealLink, latency: 100, cut: 50 });
  sent.forEach(({ direction, bytes, at }, unit) => {
    for (const link of [catchUp, cut]) {
      link.conditions = { ...link.conditions, latency: 100 - at };
      link.send(direction, bytes, unit, at);
      link.advance(at);
    }
  });
  expect(times(catchUp.advance(100), 'arrived')).toEqual(arrivals);
  expect(times(cut.advance(100), 'dropped')).toEqual(sent.map((_, unit) => [unit, 50]));
});

describe('a half-duplex link', () => {
  test('carries one direction at a time: the answer leaves when the question has arrived', () => {
    const events = run({ duplex: 'half', latency: 200 }, [
      { direction: up, bytes: 5, at: 0 },
      { direction: down, bytes: 5, at: 50 },
    ]);
    expect(times(events, 'departed')).toEqual([
      [0, 0],
      [1, 200],
    ]);
    expect(times(events, 'arrived')).toEqual([
      [0, 200],
      [1, 400],
    ]);
  });
});

test('on a half-duplex link, an end that keeps talking loses its turn to one that has waited longer', () => {
  const events = run({ duplex: 'half', latency: 100 }, [
    { direction: up, bytes: 5, at: 0 },
    { direction: down, bytes: 5, at: 50 },
    { direction: up, bytes: 5, at: 60 },
    { direction: up, bytes: 5, at: 70 },
    { direction: down, bytes: 5, at: 80 },
  ]);
  expect(times(events, 'departed')).toEqual([
    [0, 0],
    [1, 100],
    [2, 200],
    [3, 200],
    [4, 300],
  ]);
});

describe('a simplex link', () => {
  test('drops what is sent client-to-server, and carries server-to-client', () => {
    const events = run({ duplex: 'simplex', latency: 5 }, [
      { direction: up, bytes: 5, at: 0 },
      { direction: down, bytes: 5, at: 1 },
    ]);
    expect(times(events, 'dropped')).toEqual([[0, 0]]);
    expect(times(events, 'arrived')).toEqual([[1, 6]]);
    expect([carries('simplex', up), carries('simplex', down), carries('half', up)]).toEqual([false, true, true]);
  });
});

test('new conditions apply to later departures; what is on the link arrives as it would have', () => {
  const link = new Link<string>({ ...idealLink, latency: 500 });
  link.send(up, 1, 'slow', 0);
  link.advance(0);
  link.conditions = { ...idealLink, latency: 100 };
  link.send(down, 1, 'quick', 10);
  expect(link.advance(1000).map(({ unit, time }) => [unit, time])).toEqual([
    ['quick', 10],
    ['quick', 110],
    ['slow', 500],
  ]);
});

test('a link is ideal until any condition is set', () => {
  expect(isIdeal(idealLink)).toBe(true);
  for (const changed of [
    { latency: 1 },
    { jitter: 1 },
    { bandwidth: 100 },
    { duplex: 'half' as const },
    { loss: 1 },
    { cut: 1 },
    { silent: 1 },
  ]) {
    expect(isIdeal({ ...idealLink, ...changed })).toBe(false);
  }
});

describe('loss', () => {
  const sent = Array.from({ length: 40 }, (_, i) => ({ direction: up, bytes: 5, at: i * 10 }));

  test('stalls the link but never drops a unit: a lost one is sent again, and those behind it wait', () => {
    const events = run({ latency: 20, loss: 30, seed: 4 }, sent);
    expect(times(events, 'arrived').map(([unit]) => unit)).toEqual(sent.map((_, i) => i));
    const resent = events.filter((event) => (event.resent ?? 0) > 0);
    expect(resent.length).toBeGreaterThan(3);
    for (const { unit, time, resent: times = 0 } of resent) {
      const arrival = events.find((event) => event.name === 'arrived' && event.unit === unit)?.time ?? 0;
      // The first time-out is the round trip and 200 ms; each later one doubles.
      expect(arrival).toBeGreaterThanOrEqual(time + 20 + 240 * (2 ** times - 1));
    }
  });

  test('changes nothing at 0, and draws no number from the seed', () => {
    expect(run({ latency: 20, jitter: 9, loss: 0 }, sent)).toEqual(run({ latency: 20, jitter: 9 }, sent));
  });
});

describe.each([
  { how: 'cut', conditions: { cut: 100 } },
  { how: 'silent', conditions: { silent: 100 } },
  { how: 'silent', conditions: { silent: 100, cut: 150 } },
  { how: 'cut', conditions: { silent: 150, cut: 100 } },
] as const)('a link that is $how after 100 ms by $conditions', ({ how, conditions }) => {
  test('delivers what arrives before, loses what is on it, and carries nothing that is sent after', () => {
    const link = new Link<string>({ ...idealLink, latency: 60, ...conditions }, 1000);
    link.send(up, 1, 'early', 1030);
    link.send(down, 1, 'late', 1050);
    expect(link.advance(1099).map(({ name, unit }) => [name, unit])).toEqual([
      ['departed', 'early'],
      ['departed', 'late'],
      ['arrived', 'early'],
    ]);
    expect([link.end, link.nextTime]).toEqual([undefined, 1100]);
    expect(link.advance(1105)).toEqual([{ name: 'dropped', direction: down, time: 1100, unit: 'late' }]);
    expect([link.end, link.nextTime]).toEqual([how, undefined]);
    link.send(up, 1, 'after', 1200);
    expect(link.advance(1200)).toEqual([{ name: 'dropped', direction: up, time: 1200, unit: 'after' }]);
  });
});

describe('for any traffic under any conditions', () => {
  const conditions = fc.record({
    duplex: fc.constantFrom('full', 'half', 'simplex') as fc.Arbitrary<LinkConditions['duplex']>,
    latency: fc.integer({ min: 0, max: 500 }),
    jitter: fc.integer({ min: 0, max: 200 }),
    bandwidth: fc.constantFrom(0, 8000, 64000),
    seed: fc.integer(),
    loss: fc.constantFrom(0, 10, 50),
    cut: fc.constant(0),
    silent: fc.constant(0),
  });
  const traffic = fc
    .array(
      fc.record({
        direction: fc.constantFrom(up, down),
        bytes: fc.integer({ min: 1, max: 500 }),
        at: fc.integer({ min: 0, max: 2000 }),
      }),
      {
        maxLength: 40,
      },
    )
    .map((sent) => sent.sort((a, b) => a.at - b.at));

  test('keeps order in each direction, and loses only what the model drops', () => {
    fc.assert(
      fc.property(conditions, traffic, (link, sent) => {
        const events = run(link, sent);
        for (const direction of [up, down]) {
          const expected = sent.flatMap((unit, i) =>
            unit.direction === direction && carries(link.duplex, direction) ? [i] : [],
          );
          const arrived = events.filter((event) => event.name === 'arrived' && event.direction === direction);
          expect(arrived.map(({ unit }) => unit)).toEqual(expected);
        }
        expect(times(events, 'arrived').length + times(events, 'dropped').length).toBe(sent.length);
      }),
    );
  });

  test('events come in order of time, none before its sending, none sooner than the latency', () => {
    fc.assert(
      fc.property(conditions, traffic, (link, sent) => {
        const events = run(link, sent);
        const departedAt = new Map<number, number>();
        let last = 0;
        for (const { name, time, unit } of events) {
          expect(time).toBeGreaterThanOrEqual(name === 'dropped' ? 0 : last);
          if (name !== 'dropped') last = time;
          if (name === 'departed') departedAt.set(unit, time);
          if (name === 'departed') expect(time).toBeGreaterThanOrEqual(sent[unit]?.at ?? Infinity);
          if (name === 'arrived') expect(time - (departedAt.get(unit) ?? Infinity)).toBeGreaterThanOrEqual(link.latency - 1e-9);
        }
      }),
    );
  });

  test('a half-duplex link never carries both directions at one moment', () => {
    fc.assert(
      fc.property(conditions, traffic, (link, sent) => {
        const onLink = { [up]: 0, [down]: 0 };
        for (const { name, direction } of run({ ...link, duplex: 'half' }, sent)) {
          onLink[direction] += name === 'departed' ? 1 : -1;
          expect(Math.min(onLink[up], onLink[down])).toBe(0);
        }
      }),
    );
  });

  test('the same seed gives the same schedule', () => {
    fc.assert(
      fc.property(conditions, traffic, (link, sent) => {
        expect(run(link, sent)).toEqual(run(link, sent));
      }),
    );
  });
});
