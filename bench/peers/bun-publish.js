/** Bun's own publish: everybody subscribes to one topic. Runs in Bun, if it is installed. */
/* global Bun */
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: (request, server) =>
    server.upgrade(request, { data: { echoes: new URL(request.url).pathname === '/echo' } }) ? undefined : new Response('no'),
  websocket: {
    perMessageDeflate: false,
    publishToSelf: true,
    idleTimeout: 0,
    open: (socket) => void (socket.data.echoes || socket.subscribe('room')),
    message: (socket, data) => void (socket.data.echoes ? socket.send(data) : socket.publish('room', data)),
  },
});
process.on('message', (question) => {
  if (question === 'memory') Bun.gc(true);
  const { user, system } = process.cpuUsage();
  process.send({ cpu: (user + system) / 1e6, memory: process.memoryUsage().rss });
});
process.on('disconnect', () => process.exit());
process.send({ port: server.port });
