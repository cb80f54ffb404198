import type { WorkerItem } from '../../protocol/messages/runner-messages.ts';

const length = (text: unknown): number => (typeof text === 'string' ? text.length : 0);

/**
 * Returns the number of characters in those texts of an item that have no limit of their own. The item may have any shape. Reads
 * only properties that an item from a Worker has, because the reader's code may have put others on the prototype of all objects.
 */
export function charactersOf(item: WorkerItem): number {
  switch (item.type) {
    case 'console':
    case 'note':
    case 'fault':
      return length(item.text);
    case 'error':
      return length(item.name) + length(item.message);
    case 'event':
      return charactersOfEvent(item.event as typeof item.event | undefined);
    default:
      return 0;
  }
}

function charactersOfEvent(event: Extract<WorkerItem, { type: 'event' }>['event'] | undefined): number {
  switch (event?.name) {
    case 'connection_started':
      return length(event.url);
    case 'exchange_started':
      return length(event.method) + length(event.target);
    case 'event_received':
      return length(event.type) + length(event.lastEventId);
    default:
      return 0;
  }
}
