// The program hands the browser 4.8 MB at once, and checks every 50 ms how much of it the browser still holds.
const socket = new WebSocket('/sink?bandwidth=16000000');
await new Promise((resolve) => (socket.onopen = resolve));
for (let i = 0; i < 80; i++) socket.send(new Uint8Array(60_000).fill(i));
const look = setInterval(() => {
  if (socket.bufferedAmount > 0) return;
  clearInterval(look);
  socket.close(1000);
}, 50);
