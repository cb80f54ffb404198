import { createBroadcast } from '../../sandbox-server/endpoints/broadcast.ts';
import { Channels } from '../../sandbox-server/endpoints/channels/channels.ts';
import { epochAt } from '../../sandbox-server/endpoints/channels/epoch.ts';
import { createEvents } from '../../sandbox-server/endpoints/channels/events.ts';
import { createLongPoll } from '../../sandbox-server/endpoints/channels/long-poll.ts';
import { createMessages } from '../../sandbox-server/endpoints/channels/messages.ts';
import { createPoll } from '../../sandbox-server/endpoints/channels/poll.ts';
import { createClose } from '../../sandbox-server/endpoints/close.ts';
import { createCrowd } from '../../sandbox-server/endpoints/crowd.ts';
import { createDoor } from '../../sandbox-server/endpoints/door.ts';
import { echo } from '../../sandbox-server/endpoints/echo.ts';
import type { Endpoint, Timers } from '../../sandbox-server/endpoints/endpoint.ts';
import { createHalfDuplex } from '../../sandbox-server/endpoints/half-duplex/half-duplex.ts';
import { handshake } from '../../sandbox-server/endpoints/handshake.ts';
import type { HttpEndpoint } from '../../sandbox-server/endpoints/http-endpoint.ts';
import { createRaw, type OpenRawConnection } from '../../sandbox-server/endpoints/raw.ts';
import type { Shares } from '../../sandbox-server/endpoints/shares.ts';
import { sink } from '../../sandbox-server/endpoints/sink.ts';
import { createTicker } from '../../sandbox-server/endpoints/ticker.ts';
import { Buffer } from '../node/buffer.ts';
import type { NodeParts } from '../node/node-parts.ts';
import { createAudience } from './audience.ts';
import { hasAll, limits } from './limits.ts';
import { crowdClients } from './loopback/crowd-clients.ts';
import { doorVisitors } from './loopback/door-visitors.ts';
import { anyBytes, anyPlaces, placesFor } from './places.ts';

/** Bytes of a ticket's word at a door. */
const wordLength = 9;

/** Returns so many places for what a run may have of something. */
const placesOf = (most: number, noun: string, limit: string): Shares =>
  placesFor(most, () => ({ reason: hasAll(most, noun), limit }));

function createChannels<Data>(timers: Timers): Channels<Data> {
  const { historyMessages, historyAge, maxQueueBytes } = limits;
  const history = { messages: historyMessages, age: historyAge * 1000, bytes: maxQueueBytes / 2 };
  const bounds = { ...history, channels: anyPlaces(), kept: anyBytes() };
  return new Channels<Data>(bounds, () => timers.now(), epochAt(timers.now()));
}

/** Creates the endpoints of the live server for one run, from the same files and in the same order. */
export function createEndpoints(
  parts: NodeParts,
  timers: Timers,
  openRaw: OpenRawConnection,
): { webSocket: Endpoint[]; http: HttpEndpoint[] } {
  const channels = createChannels<string>(timers);
  const rooms = createChannels<string | Uint8Array>(timers);
  const word = (): string => Buffer.from(parts.random(wordLength)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
  const stations = (): Shares =>
    placesFor(limits.maxStations, () => ({
      reason: `This channel has ${limits.maxStations} stations already, the most it may have.`,
      limit: 'maxStations',
    }));
  const events = createEvents({
    channels,
    timers,
    places: placesOf(limits.maxSessionEventStreams, 'event streams', 'maxSessionEventStreams'),
    heartbeat: limits.heartbeat * 1000,
  });
  const longPoll = createLongPoll({
    channels,
    timers,
    places: placesOf(limits.maxSessionLongPolls, 'long polls', 'maxSessionLongPolls'),
    timeout: limits.longPollTimeout * 1000,
  });
  return {
    webSocket: [
      echo,
      sink,
      createBroadcast({ channels: rooms, createAudience }),
      createTicker(timers),
      createClose(timers),
      createCrowd(timers, crowdClients(timers, parts), placesOf(limits.maxSessionCrowds, 'crowds', 'maxSessionCrowds')),
      createDoor(doorVisitors(timers, parts), word, placesOf(limits.maxSessionCrowds, 'doors', 'maxSessionCrowds')),
      createHalfDuplex({ timers, places: anyPlaces(), createStations: stations, limit: limits.floorTime * 1000 }),
      handshake,
      createRaw(openRaw, limits.maxQueueBytes),
    ],
    http: [createMessages(channels), ...events.endpoints, createPoll(channels), longPoll],
  };
}
