import type { Connection, Endpoint } from './endpoint.ts';
import { ParameterError, wordIn } from './parameters.ts';

/** `ws /broadcast/:room`, with a count of what it holds. */
export interface BroadcastEndpoint extends Endpoint {
  readonly roomCount: number;
}

/** A message goes to everybody in the room, to its sender too unless `?self=0`. A room exists while somebody is in it. */
export function createBroadcast({ maxRooms }: { maxRooms: number }): BroadcastEndpoint {
  const rooms = new Map<string, Set<Connection>>();

  const join = (connection: Connection, name: string, self: boolean): void => {
    let room = rooms.get(name);
    if (!room) {
      if (rooms.size >= maxRooms) {
        connection.close(1013, `There are ${maxRooms} rooms already, the most this server keeps. Try again later.`);
        return;
      }
      rooms.set(name, (room = new Set()));
    }
    const members = room.add(connection);
    connection.onMessage((data) => {
      for (const member of members) if (self || member !== connection) member.send(data);
    });
    connection.onClose(() => {
      members.delete(connection);
      if (members.size === 0) rooms.delete(name);
    });
  };

  return {
    path: '/broadcast/:room',
    usage: '/broadcast/:room?self=0',
    summary: 'sends every message to everybody in the room, its sender too unless self=0',
    get roomCount() {
      return rooms.size;
    },
    accept({ room = '' }, query) {
      if (!/^[\w.~-]{1,64}$/.test(room)) {
        throw new ParameterError('room', room, 'a name of 1 to 64 letters, digits and the signs . _ ~ -');
      }
      const self = wordIn(query, 'self', ['1', '0']) === '1';
      return (connection) => join(connection, room, self);
    },
  };
}
