import type { Endpoint, Timers } from './endpoint.ts';
import { HalfDuplexChannel } from './half-duplex-channel.ts';
import { nameFrom } from './http-endpoint.ts';
import { integerIn, wordIn } from './parameters.ts';

/** What half-duplex channels are made of. */
export interface HalfDuplexParts {
  timers: Timers;
  /** How many there may be at a time. */
  maxChannels: number;
  /** How many stations one may have. */
  maxStations: number;
  /** How long a station may hold the floor, in ms. */
  limit: number;
}

/**
 * `ws /half-duplex/:channel`: stations share one medium, as with walkie-talkies. One speaks at a time, and who may is settled
 * by a floor; with `?floor=0` nothing settles it, and words that overlap are lost. The two kinds of one name are two channels.
 * `half-duplex-messages.ts` has the messages.
 */
export function createHalfDuplex({
  timers,
  maxChannels,
  maxStations,
  limit,
}: HalfDuplexParts): Endpoint & { readonly channelCount: number } {
  const channels = new Map<string, HalfDuplexChannel>();
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
        let found = channels.get(key);
        if (!found && channels.size >= maxChannels) {
          connection.close(1013, `There are ${maxChannels} such channels already, the most this server keeps.`);
          return;
        }
        if (!found) channels.set(key, (found = new HalfDuplexChannel({ timers, limit, control })));
        if (found.size >= maxStations) {
          connection.close(1013, `This channel has ${maxStations} stations already, the most it may have.`);
          return;
        }
        const joined = found;
        joined.join(connection, air);
        connection.onClose(() => {
          if (joined.size === 0) channels.delete(key);
        });
      };
    },
  };
}
