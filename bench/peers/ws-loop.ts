/** The loop that most `ws` programs use: it sends every message to every client. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { report } from '../server/usage.ts';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket, request) => {
  socket.on('error', () => undefined);
  const echoes = request.url === '/echo';
  socket.on('message', (data, binary) => {
    if (echoes) socket.send(data, { binary });
    else for (const client of server.clients) client.send(data, { binary });
  });
});
server.on('listening', () => report((server.address() as AddressInfo).port));
