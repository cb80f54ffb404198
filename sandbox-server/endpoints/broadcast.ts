import { toBase64 } from '../../protocol/wire/handshake.ts';
import { type Channel, type Channels, NoChannelLeft } from './channels/channels.ts';
import { closeWithoutPlace } from './connection-place.ts';
import type { Audience, Cancel, Connection, Endpoint } from './endpoint.ts';
import { idFrom, nameFrom } from './http-endpoint.ts';
import type { Gap, Numbered } from './channels/history.ts';
import { wordIn } from './parameters.ts';
import type { Holder, NoPlace } from './shares.ts';

/** `ws /broadcast/:room`, with a count of its rooms. */
export interface BroadcastEndpoint extends Endpoint {
  readonly roomCount: number;
}

type Data = string | Uint8Array;

/** The parts of rooms. */
export interface BroadcastParts {
  /** One channel for each room, with its limits. */
  channels: Channels<Data>;
  createAudience: () => Audience;
}

/** The members of a room: `plain` ones get messages as they are; `numbered` ones gave `after` and get them with their ids. */
interface Room {
  channel: Channel<Data>;
  members: Set<Connection>;
  plain: Audience;
  numbered: Audience;
  leave: Cancel;
}

/** Sent as JSON text to a member who gave `after`: a text is in `data`, bytes are in `base64`. */
export type NumberedMessage = { id: number; data: string } | { id: number; base64: string } | { gap: Gap };

function asJson({ id, data }: Numbered<Data>): string {
  const message: NumberedMessage = typeof data === 'string' ? { id, data } : { id, base64: toBase64(data) };
  return JSON.stringify(message);
}

/**
 * Sends a message to everybody in the room, and to its sender too unless `?self=0`. A room exists while somebody is in it; its
 * history is kept for longer. With `?after=id` a connection first gets what came after that id, all of it in order, or a gap and
 * what is kept. It gets every message as a `NumberedMessage`, so that it can come back.
 */
export function createBroadcast({ channels, createAudience }: BroadcastParts): BroadcastEndpoint {
  const rooms = new Map<string, Room>();

  /** Returns the room; opens it if it is not there. Throws NoChannelLeft. */
  const roomOf = (name: string, holder: Holder): Room => {
    const channel = channels.open(name, holder);
    const known = rooms.get(name);
    if (known) return known;
    const members = new Set<Connection>();
    const ended = (why: NoPlace): void => {
      rooms.delete(name);
      for (const member of members) closeWithoutPlace(member, why);
    };
    const leave = channel.listen(() => undefined, ended);
    const room = { channel, members, plain: createAudience(), numbered: createAudience(), leave };
    rooms.set(name, room);
    return room;
  };

  const publish = ({ channel, plain, numbered }: Room, from: Connection, self: boolean, data: Data): void => {
    // Keep a copy: the bytes may be a small part of a large piece that was read at once.
    const kept = typeof data === 'string' ? data : data.slice();
    const message = channel.publish(kept, kept.length * (typeof data === 'string' ? 2 : 1));
    const except = self ? undefined : from;
    plain.send(data, except);
    if (numbered.size > 0) numbered.send(asJson(message), except);
  };

  const enter = (room: Room, name: string, connection: Connection, audience: Audience): void => {
    room.members.add(connection);
    audience.add(connection);
    const leave = room.channel.join(connection.holder);
    connection.onClose(() => {
      room.members.delete(connection);
      audience.delete(connection);
      leave();
      if (room.members.size > 0 || rooms.get(name) !== room) return;
      room.leave();
      rooms.delete(name);
    });
  };

  const join = (connection: Connection, name: string, self: boolean, after: number | undefined): void => {
    try {
      const room = roomOf(name, connection.holder);
      enter(room, name, connection, after === undefined ? room.plain : room.numbered);
      if (after !== undefined) {
        const { gap, messages } = room.channel.after(after);
        if (gap) connection.send(JSON.stringify({ gap } satisfies NumberedMessage));
        for (const message of messages) connection.send(asJson(message));
      }
      connection.onMessage((data) => publish(room, connection, self, data));
    } catch (error) {
      if (!(error instanceof NoChannelLeft)) throw error;
      closeWithoutPlace(connection, { reason: error.message, limit: error.limit });
    }
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
