import type { Endpoint } from './endpoint.ts';

/** `ws /handshake`: tells the client the key of its own opening handshake, and listens. */
export const handshake: Endpoint = {
  path: '/handshake',
  usage: '/handshake',
  summary: 'sends the Sec-WebSocket-Key of your own opening handshake, which a script in a browser cannot see',
  isForAnyPage: true,
  accept: () => (connection) => connection.send(connection.handshakeKey),
};
