import { expect, test } from 'vitest';
import type { TraceEvent } from '../../protocol/trace.ts';
import { putInOrder } from './causal-times.ts';

const at = (time: number): TraceEvent => ({ time, at: 'client', connection: 'A1', name: 'connection_opened' });
const times = (events: readonly TraceEvent[]): number[] => events.map(({ time }) => time);

test('what is in order stays as it is', () => {
  const [client, server] = [
    [at(1), at(5)],
    [at(2), at(4)],
  ];
  putInOrder(
    [server, client],
    [
      { cause: client[0]!, effect: server[0]! },
      { cause: server[1]!, effect: client[1]! },
    ],
  );
  expect([times(client), times(server)]).toEqual([
    [1, 5],
    [2, 4],
  ]);
});

test('an effect is moved to its cause and no farther, and what the same end saw after it stays after it', () => {
  const [client, server] = [[at(3), at(3.1), at(9)], [at(3.4)]];
  putInOrder([server, client], [{ cause: server[0]!, effect: client[0]! }]);
  expect(times(client)).toEqual([3.4, 3.4, 9]);
});

test('one that was moved is the cause of others, at the other end and back again', () => {
  const [client, server] = [
    [at(3), at(3)],
    [at(4), at(3.5)],
  ];
  putInOrder(
    [client, server],
    [
      { cause: server[0]!, effect: client[0]! },
      { cause: client[1]!, effect: server[1]! },
    ],
  );
  expect([times(client), times(server)]).toEqual([
    [4, 4],
    [4, 4],
  ]);
});

test('a cause that is its own effect is left', () => {
  const events = [at(1), at(0)];
  putInOrder([events], [{ cause: events[1]!, effect: events[0]! }]);
  expect(times(events)).toEqual([1, 1]);
});
