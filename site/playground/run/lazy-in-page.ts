/** Everything that a run in this page needs, fetched when one seems near. */
export { InPageNetwork } from '../networks/in-page-network.ts';
