import { createBroadcast } from './endpoints/broadcast.ts';
import { Channels } from './endpoints/channels.ts';
import { createClose } from './endpoints/close.ts';
import { crowds } from './crowd.ts';
import { randomBytes } from 'node:crypto';
import { doors } from './door.ts';
import { createDoor } from './endpoints/door.ts';
import { echo } from './endpoints/echo.ts';
import type { Audience, Endpoint, Timers } from './endpoints/endpoint.ts';
import { epochAt } from './endpoints/epoch.ts';
import { createCrowd } from './endpoints/crowd.ts';
import { createEvents } from './endpoints/events.ts';
import { createHalfDuplex } from './endpoints/half-duplex.ts';
import { handshake } from './endpoints/handshake.ts';
import type { HttpEndpoint } from './endpoints/http-endpoint.ts';
import { createLongPoll } from './endpoints/long-poll.ts';
import { createMessages } from './endpoints/messages.ts';
import { createPoll } from './endpoints/poll.ts';
import { sink } from './endpoints/sink.ts';
import { createTicker } from './endpoints/ticker.ts';
import type { LoopbackMeans } from './loopback-server.ts';
import { orNone, type Options } from './options.ts';

/** What the endpoints hold at a moment. */
export interface Held {
  rooms: number;
  halfDuplexChannels: number;
  channels: number;
  eventStreams: number;
  longPolls: number;
  /** Kept for those who come back to channels and rooms. */
  historyBytes: number;
}

/** Every endpoint, made once. */
export interface AllEndpoints {
  webSocket: readonly Endpoint[];
  http: readonly HttpEndpoint[];
  held(): Held;
}

/** The endpoints of this server, with their limits from the options. `epoch`: the id after which those of messages begin. */
export function createEndpoints(
  options: Options,
  timers: Timers,
  createAudience: () => Audience,
  loopback: LoopbackMeans,
  epoch = epochAt(timers.now()),
): AllEndpoints {
  const now = (): number => timers.now();
  const maxRooms = orNone(options.maxRooms);
  const bounds = {
    channels: orNone(options.maxChannels),
    messages: orNone(options.historyMessages),
    age: orNone(options.historyAge) * 1000,
    // Who comes back is sent all of it at once, which must not make a slow reader of anybody.
    bytes: orNone(options.maxQueueBytes) / 2,
    totalBytes: orNone(options.maxHistoryBytes),
  };
  const channels = new Channels<string>(bounds, now, epoch);
  const rooms = new Channels<string | Uint8Array>({ ...bounds, channels: maxRooms }, now, epoch);

  const broadcast = createBroadcast({ maxRooms, channels: rooms, createAudience });
  const halfDuplex = createHalfDuplex({
    timers,
    maxChannels: maxRooms,
    maxStations: orNone(options.maxStations),
    limit: orNone(options.floorTime) * 1000,
  });
  const events = createEvents({
    channels,
    timers,
    most: orNone(options.maxEventStreams),
    heartbeat: orNone(options.heartbeat) * 1000,
  });
  const longPoll = createLongPoll({
    channels,
    timers,
    most: orNone(options.maxLongPolls),
    timeout: orNone(options.longPollTimeout) * 1000,
  });
  return {
    webSocket: [
      echo,
      sink,
      broadcast,
      createTicker(timers),
      createClose(timers),
      createCrowd(timers, crowds(orNone(options.maxCrowds), timers, loopback)),
      createDoor(doors(orNone(options.maxCrowds), timers, loopback), () => randomBytes(9).toString('base64url')),
      halfDuplex,
      handshake,
    ],
    http: [createMessages(channels), ...events.endpoints, createPoll(channels), longPoll],
    held: () => ({
      rooms: broadcast.roomCount,
      halfDuplexChannels: halfDuplex.channelCount,
      channels: channels.size,
      eventStreams: events.open,
      longPolls: longPoll.held,
      historyBytes: channels.bytes + rooms.bytes,
    }),
  };
}
