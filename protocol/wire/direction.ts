/** The direction in which bytes travel. */
export type Direction = 'client-to-server' | 'server-to-client';
