import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Agenda } from './agenda.ts';

test('things happen in the order of their times, and at one time in the order they were put down, without those cancelled', () => {
  const thing = fc.record({ time: fc.nat(9), isCancelled: fc.boolean() });
  fc.assert(
    fc.property(fc.array(thing), (things) => {
      const agenda = new Agenda();
      const happened: number[] = [];
      const cancels = things.map(({ time }, i) => agenda.at(time, () => void happened.push(i)));
      for (const [i, { isCancelled }] of things.entries()) if (isCancelled) cancels[i]?.();
      for (let item = agenda.take(); item; item = agenda.take()) void item.act();
      const expected = things
        .map(({ time, isCancelled }, i) => ({ time, isCancelled, i }))
        .filter(({ isCancelled }) => !isCancelled)
        .sort((a, b) => a.time - b.time || a.i - b.i);
      expect(happened).toEqual(expected.map(({ i }) => i));
      expect(agenda.nextTime).toBeUndefined();
    }),
  );
});
