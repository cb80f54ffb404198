import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fifo } from './fifo.ts';

test('behaves like an array, whatever is added and taken in whatever order', () => {
  // Use long runs of each, so that the room of taken items is freed on the way.
  const runs = fc.array(fc.record({ add: fc.nat(400), take: fc.nat(400) }), { maxLength: 20 });
  fc.assert(
    fc.property(runs, (given) => {
      const [fifo, array] = [new Fifo<number>(), [] as number[]];
      let added = 0;
      for (const { add, take } of given) {
        for (let i = 0; i < add; i++) {
          fifo.add(added);
          array.push(added++);
        }
        for (let i = 0; i < take; i++) {
          expect(fifo.first).toBe(array[0]);
          expect(fifo.take()).toBe(array.shift());
        }
      }
      expect(fifo.takeAll()).toEqual(array);
      expect([fifo.first, fifo.take(), fifo.takeAll()]).toEqual([undefined, undefined, []]);
    }),
  );
});
