/** Which way bytes go. */
export type Direction = 'client-to-server' | 'server-to-client';
