import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { putInOrder } from './causal-times.ts';

const at = (time: number): TraceEvent => ({ time, at: 'client', connection: 'A1', name: 'connection_opened' });
const times = (events: readonly TraceEvent[]): number[] => events.map(({ time }) => time);

test('leaves events that are in order as they are', () => {
  const [sent, received, atServer, answered] = [at(1), at(5), at(2), at(4)];
  putInOrder(
    [
      [atServer, answered],
      [sent, received],
    ],
    [
      { cause: sent, effect: atServer },
      { cause: answered, effect: received },
    ],
  );
  expect(times([sent, atServer, answered, received])).toEqual([1, 2, 4, 5]);
});

test('moves an effect to its cause and no farther, and keeps what the same end saw later after it', () => {
  const [received, soonAfter, later, cause] = [at(3), at(3.1), at(9), at(3.4)];
  putInOrder([[cause], [received, soonAfter, later]], [{ cause, effect: received }]);
  expect(times([received, soonAfter, later])).toEqual([3.4, 3.4, 9]);
});

test('moves the effects of a moved event too, at the other end and back again', () => {
  const [received, answered, atServer, afterwards] = [at(3), at(3), at(4), at(3.5)];
  putInOrder(
    [
      [received, answered],
      [atServer, afterwards],
    ],
    [
      { cause: atServer, effect: received },
      { cause: answered, effect: afterwards },
    ],
  );
  expect(times([atServer, received, answered, afterwards])).toEqual([4, 4, 4, 4]);
});

test('leaves a cause that is its own effect', () => {
  const [one, other] = [at(1), at(0)];
  putInOrder([[one, other]], [{ cause: other, effect: one }]);
  expect(times([one, other])).toEqual([1, 1]);
});
