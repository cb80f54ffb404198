import type { Endpoint } from './endpoint.ts';

/** `ws /echo`: every message comes back as it was. */
export const echo: Endpoint = {
  path: '/echo',
  usage: '/echo',
  summary: 'sends every message back',
  accept: () => (connection) => connection.onMessage((data) => connection.send(data)),
};
