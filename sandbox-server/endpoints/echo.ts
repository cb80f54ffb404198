import type { Endpoint } from './endpoint.ts';

/** `ws /echo`: sends every message back as it was. */
export const echo: Endpoint = {
  path: '/echo',
  usage: '/echo?compress=1',
  summary:
    'sends every message back; with compress=1 messages may be compressed (permessage-deflate), each by itself, with compress=takeover by what came before too',
  isForAnyPage: true,
  compresses: true,
  accept: () => (connection) => connection.onMessage((data) => connection.send(data)),
};
