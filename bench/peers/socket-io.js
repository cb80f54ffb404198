/** Socket.IO over WebSocket alone; the load generator speaks its packets. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { report } from '../server/usage.ts';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, pingInterval: 60_000 });
io.on('connection', (socket) => {
  void socket.join('room');
  socket.on('m', (text) => io.to('room').emit('m', text));
});
http.listen(0, '127.0.0.1', () => report(http.address().port));
