/** Where ids count from, in ms since the Unix epoch: 1 January 2026. */
const beginning = Date.UTC(2026, 0, 1);

/** More messages than a channel can take in a ms. */
const idsPerMs = 100;

/**
 * Returns the id after which a process that starts at `now`, in ms since the Unix epoch, numbers its messages. It is beyond every
 * id that an earlier process gave, unless the clock was set back. So we recognise an id from before a restart, and tell a client
 * that comes back with it of a gap. Ids stay whole numbers that rise by one.
 */
export const epochAt = (now: number): number => Math.max(0, Math.floor(now) - beginning) * idsPerMs;
