import { createBroadcast } from '../endpoints/broadcast.ts';
import { Channels } from '../endpoints/channels/channels.ts';
import { createClose } from '../endpoints/close.ts';
import { crowdClients } from './crowd-clients.ts';
import { randomBytes } from 'node:crypto';
import { doorVisitors } from './door-visitors.ts';
import { createDoor } from '../endpoints/door.ts';
import { echo } from '../endpoints/echo.ts';
import type { Audience, Endpoint, Timers } from '../endpoints/endpoint.ts';
import { epochAt } from '../endpoints/channels/epoch.ts';
import { createCrowd } from '../endpoints/crowd.ts';
import { createEvents } from '../endpoints/channels/events.ts';
import { createHalfDuplex } from '../endpoints/half-duplex/half-duplex.ts';
import { handshake } from '../endpoints/handshake.ts';
import type { HttpEndpoint } from '../endpoints/http-endpoint.ts';
import { createLongPoll } from '../endpoints/channels/long-poll.ts';
import { createMessages } from '../endpoints/channels/messages.ts';
import { createPoll } from '../endpoints/channels/poll.ts';
import { sink } from '../endpoints/sink.ts';
import { createTicker } from '../endpoints/ticker.ts';
import type { FairShares } from '../limits/fair-shares.ts';
import type { Resource } from '../limits/resources.ts';
import type { LoopbackMeans } from './loopback-server.ts';
import { orNone, type Options } from '../options.ts';

/** How much the endpoints hold at one moment. */
export interface Held {
  rooms: number;
  halfDuplexChannels: number;
  channels: number;
  eventStreams: number;
  longPolls: number;
  /** Bytes kept for those who come back to channels and rooms. */
  historyBytes: number;
}

/** All endpoints, each created once. */
export interface AllEndpoints {
  webSocket: readonly Endpoint[];
  http: readonly HttpEndpoint[];
  held(): Held;
}

/** The parts that endpoints need. */
export interface EndpointParts {
  options: Options;
  timers: Timers;
  createAudience: () => Audience;
  createShares: (resource: Resource) => FairShares;
  loopback: LoopbackMeans;
  /** The id after which message ids begin. */
  epoch?: number | undefined;
}

/** Creates the endpoints of this server, with their limits from the options. */
export function createEndpoints(parts: EndpointParts): AllEndpoints {
  const { options, timers, createAudience, createShares, loopback, epoch = epochAt(timers.now()) } = parts;
  const now = (): number => timers.now();
  const bounds = {
    messages: orNone(options.historyMessages),
    age: orNone(options.historyAge) * 1000,
    // A client that comes back gets all of it at once, which must not turn it into a slow reader.
    bytes: orNone(options.maxQueueBytes) / 2,
  };
  const channels = new Channels<string>(
    { ...bounds, channels: createShares('channels'), kept: createShares('channelHistory') },
    now,
    epoch,
  );
  const rooms = new Channels<string | Uint8Array>(
    { ...bounds, channels: createShares('rooms'), kept: createShares('roomHistory') },
    now,
    epoch,
  );

  const broadcast = createBroadcast({ channels: rooms, createAudience });
  const halfDuplex = createHalfDuplex({
    timers,
    places: createShares('halfDuplexChannels'),
    createStations: () => createShares('stations'),
    limit: orNone(options.floorTime) * 1000,
  });
  const events = createEvents({
    channels,
    timers,
    places: createShares('eventStreams'),
    heartbeat: orNone(options.heartbeat) * 1000,
  });
  const longPoll = createLongPoll({
    channels,
    timers,
    places: createShares('longPolls'),
    timeout: orNone(options.longPollTimeout) * 1000,
  });
  return {
    webSocket: [
      echo,
      sink,
      broadcast,
      createTicker(timers),
      createClose(timers),
      createCrowd(timers, crowdClients(timers, loopback), createShares('crowds')),
      createDoor(doorVisitors(timers, loopback), () => randomBytes(9).toString('base64url'), createShares('doors')),
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
