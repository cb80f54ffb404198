import type { Endpoint } from './endpoint.ts';

/** `ws /sink`: keeps no message and answers each with its count of bytes so far, for sending more than an echo could take. */
export const sink: Endpoint = {
  path: '/sink',
  usage: '/sink?bandwidth=8000000',
  summary:
    'takes messages, keeps none of them, and answers each with the number of bytes so far; the tap tells the first 16 bytes of its frames',
  isForAnyPage: true,
  capturedBytes: 16,
  accept: () => (connection) => {
    let received = 0;
    connection.onMessage((data) => {
      received += typeof data === 'string' ? new TextEncoder().encode(data).length : data.length;
      connection.send(String(received));
    });
  },
};
