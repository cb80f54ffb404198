import { closeWithoutPlace } from '../connection-place.ts';
import type { Endpoint, Timers } from '../endpoint.ts';
import { HalfDuplexChannel } from './half-duplex-channel.ts';
import { nameFrom } from '../http-endpoint.ts';
import { integerIn, wordIn } from '../parameters.ts';
import type { Holder, NoPlace, Shares } from '../shares.ts';

/** The parts of half-duplex channels. */
export interface HalfDuplexParts {
  timers: Timers;
  /** Places for the channels that may exist at a time. */
  places: Shares;
  /** Creates the places for one channel's stations. */
  createStations: () => Shares;
  /** How long a station may hold the floor, in ms. */
  limit: number;
}

/**
 * `ws /half-duplex/:channel`: stations share one medium, as with walkie-talkies. One speaks at a time, and a floor settles who
 * may. With `?floor=0` nothing settles it, and words that overlap are lost. The two kinds of one name are two channels.
 * `half-duplex-messages.ts` has the messages.
 */
export function createHalfDuplex(parts: HalfDuplexParts): Endpoint & { readonly channelCount: number } {
  const { timers, places, createStations, limit } = parts;
  const channels = new Map<string, HalfDuplexChannel>();

  const channelOf = (key: string, control: boolean, holder: Holder): HalfDuplexChannel | NoPlace => {
    const known = channels.get(key);
    if (known) return known;
    const giveWay = (why: NoPlace): void => {
      channels.delete(key);
      channel.close(why);
    };
    const place = places.take(holder, { usedAt: () => channel.usedAt, giveWay });
    if ('reason' in place) return place;
    const ended = (): void => {
      place.release();
      if (channels.get(key) === channel) channels.delete(key);
    };
    const channel = new HalfDuplexChannel({ timers, limit, control, place, places: createStations(), ended });
    channels.set(key, channel);
    return channel;
  };

  return {
    path: '/half-duplex/:channel',
    usage: '/half-duplex/:channel?floor=1&air=300',
    summary:
      'one station speaks at a time: {"type":"request"}, {"type":"word","text":"…"}, {"type":"release"}; with floor=0 words that overlap within air ms are lost',
    get channelCount() {
      return channels.size;
    },
    accept({ channel }, query) {
      const name = nameFrom('channel', channel);
      const control = wordIn(query, 'floor', ['1', '0']) === '1';
      const air = integerIn(query, 'air', [10, 10_000], 300);
      const key = `${name} ${control ? 'with' : 'without'} floor`;
      return (connection) => {
        const found = channelOf(key, control, connection.holder);
        const refusal = 'reason' in found ? found : found.join(connection, air);
        if (refusal) closeWithoutPlace(connection, refusal);
      };
    },
  };
}
