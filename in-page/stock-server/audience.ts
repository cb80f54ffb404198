import type { Audience, Connection } from '../../sandbox-server/endpoints/endpoint.ts';

/** Returns an audience that sends to each of its connections in the order in which they came. */
export function createAudience(): Audience {
  const members = new Set<Connection>();
  return {
    get size() {
      return members.size;
    },
    add: (connection) => void members.add(connection),
    delete: (connection) => void members.delete(connection),
    send: (data, except) => {
      for (const member of members) if (member !== except) member.send(data);
    },
  };
}
