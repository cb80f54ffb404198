import { toBase64 } from '../../protocol/handshake.ts';
import type { Channel, Channels } from './channels.ts';
import type { Audience, Cancel, Connection, Endpoint } from './endpoint.ts';
import { idFrom, nameFrom } from './http-endpoint.ts';
import type { Gap, Numbered } from './history.ts';
import { wordIn } from './parameters.ts';

/** `ws /broadcast/:room`, with a count of what it holds. */
export interface BroadcastEndpoint extends Endpoint {
  readonly roomCount: number;
}

type Data = string | Uint8Array;

/** What rooms are made of. */
export interface BroadcastParts {
  maxRooms: number;
  channels: Channels<Data>;
  createAudience: () => Audience;
}

/** Those in a room: who is sent messages as they are, and who gave `after` and is sent them with their ids. */
interface Room {
  channel: Channel<Data>;
  plain: Audience;
  numbered: Audience;
  leave: Cancel;
}

/** What one who gave `after` is sent, as JSON text: a text in `data`, bytes in `base64`. */
export type NumberedMessage = { id: number; data: string } | { id: number; base64: string } | { gap: Gap };

function asJson({ id, data }: Numbered<Data>): string {
  const message: NumberedMessage = typeof data === 'string' ? { id, data } : { id, base64: toBase64(data) };
  return JSON.stringify(message);
}

/**
 * A message goes to everybody in the room, to its sender too unless `?self=0`. A room exists while somebody is in it; its
 * history is kept for longer. With `?after=id` a connection is told what came after that id first, all of it in order, or a
 * gap and what is kept, and every message as a `NumberedMessage`, so that it can come back.
 */
export function createBroadcast({ maxRooms, channels, createAudience }: BroadcastParts): BroadcastEndpoint {
  const rooms = new Map<string, Room>();

  const roomOf = (name: string): Room | undefined => {
    const known = rooms.get(name);
    if (known) return known;
    if (rooms.size >= maxRooms) return undefined;
    const channel = channels.open(name);
    const room = {
      channel,
      plain: createAudience(),
      numbered: createAudience(),
      leave: channel.listen(() => undefined),
    };
    rooms.set(name, room);
    return room;
  };

  const publish = ({ channel, plain, numbered }: Room, from: Connection, self: boolean, data: Data): void => {
    // What is kept is a copy: the bytes may be a small part of a large piece that was read at once.
    const kept = typeof data === 'string' ? data : data.slice();
    const message = channel.publish(kept, kept.length * (typeof data === 'string' ? 2 : 1));
    const except = self ? undefined : from;
    plain.send(data, except);
    if (numbered.size > 0) numbered.send(asJson(message), except);
  };

  const join = (connection: Connection, name: string, self: boolean, after: number | undefined): void => {
    const room = roomOf(name);
    if (!room) {
      connection.close(1013, `There are ${maxRooms} rooms already, the most this server keeps. Try again later.`);
      return;
    }
    const members = after === undefined ? room.plain : room.numbered;
    members.add(connection);
    if (after !== undefined) {
      const { gap, messages } = room.channel.after(after);
      if (gap) connection.send(JSON.stringify({ gap } satisfies NumberedMessage));
      for (const message of messages) connection.send(asJson(message));
    }
    connection.onMessage((data) => publish(room, connection, self, data));
    connection.onClose(() => {
      members.delete(connection);
      if (room.plain.size + room.numbered.size > 0) return;
      room.leave();
      rooms.delete(name);
    });
  };

  return {
    path: '/broadcast/:room',
    usage: '/broadcast/:room?self=0&after=0',
    summary:
      'sends every message to everybody in the room, its sender too unless self=0; with after=id what came after that first, and all as {"id":7,"data":"…"}, bytes as "base64", and {"gap":{"after":1,"next":5}} where some is lost',
    get roomCount() {
      return rooms.size;
    },
    accept({ room }, query) {
      const name = nameFrom('room', room);
      const self = wordIn(query, 'self', ['1', '0']) === '1';
      const after = idFrom('after', query.get('after'));
      return (connection) => join(connection, name, self, after);
    },
  };
}
