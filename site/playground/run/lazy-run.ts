/** Everything that a run on the live network needs, fetched when one seems near: a page that is only read never loads it. */
export { LiveNetwork } from '../networks/live-network.ts';
