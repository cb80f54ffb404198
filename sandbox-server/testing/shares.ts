import { Channels } from '../endpoints/channels/channels.ts';
import type { HistoryBounds } from '../endpoints/channels/history.ts';
import type { Holder } from '../endpoints/shares.ts';
import type { FairShares } from '../limits/fair-shares.ts';
import { createShares, type Resource } from '../limits/resources.ts';
import { type Options, resolveOptions } from '../options.ts';

/** A client without a session. */
export const somebody: Holder = { address: '192.0.2.1', session: undefined };

/** Returns the shares of a resource, with these options over the defaults. */
export const sharesWith = (resource: Resource, given: Partial<Options> = {}): FairShares =>
  createShares(resource, { options: resolveOptions(given) });

/** Returns at most `channels` channels, whose histories together keep at most `totalBytes` bytes. */
export function channelsWith<Data>(
  { channels, totalBytes, ...bounds }: HistoryBounds & { channels: number; totalBytes: number },
  now: () => number,
): Channels<Data> {
  const shared = {
    channels: sharesWith('channels', { maxChannels: channels }),
    kept: sharesWith('channelHistory', { maxHistoryBytes: totalBytes === Infinity ? 0 : totalBytes }),
  };
  return new Channels<Data>({ ...bounds, ...shared }, now);
}
