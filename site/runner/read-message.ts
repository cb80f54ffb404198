/** Reads what comes over a client's port without trusting it: the reader's code may have got at the port. */
import type { Batch, Pong, WorkerItem } from '../../protocol/messages/runner-messages.ts';
import { charactersOf } from './item-size.ts';
import { messageLimits } from './message-limits.ts';
import { BrokenRule, count, number, oneOf, readEvent, record, text } from './read-event.ts';

/** What a Worker sends. */
export type FromClient = Batch | Pong;

const { name, message, text: mostText, itemsPerBatch, charactersPerBatch } = messageLimits;

/** Reads a message of the client's Worker. Throws a BrokenRule for anything that our Workers never send. */
export function readMessage(data: unknown, client: string): FromClient {
  const given = record(data);
  if (given['type'] === 'pong') return { type: 'pong', time: number(given['time']) };
  const { items } = given;
  if (given['type'] !== 'batch' || !Array.isArray(items) || items.length > itemsPerBatch) throw new BrokenRule('a batch');
  let characters = 0;
  for (const item of items) {
    // Measured as it was sent, so that nothing has to be cut first if it is too long.
    characters += charactersOf(record(item) as unknown as WorkerItem);
    if (characters > charactersPerBatch) throw new BrokenRule(`a batch of at most ${charactersPerBatch} characters`);
  }
  return { type: 'batch', items: items.map((item) => readItem(record(item), client)) };
}

const levels = oneOf('log', 'info', 'warn', 'error', 'debug');
const kinds = oneOf('syntax', 'thrown', 'rejected');
const place = count(1e9);

function readItem(given: Record<string, unknown>, client: string): WorkerItem {
  const { type } = given;
  if (type === 'event') return { type, event: readEvent(given['event'], client) };
  if (type === 'omitted') return { type, count: count()(given['count']) };
  const time = number(given['time']);
  switch (type) {
    case 'console':
      return { type, level: levels(given['level']), time, text: text(mostText)(given['text']) };
    case 'note':
    case 'fault':
      return { type, time, text: text(mostText)(given['text']) };
    case 'idle':
    case 'clear':
    case 'closed':
      return { type, time };
    case 'error': {
      const { line, column } = given;
      return {
        type,
        kind: kinds(given['kind']),
        time,
        name: text(name)(given['name']),
        message: text(message)(given['message']),
        ...(line !== undefined && { line: place(line) }),
        ...(column !== undefined && { column: place(column) }),
      };
    }
    default:
      throw new BrokenRule('an item of a known type');
  }
}
