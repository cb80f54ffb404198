// One connection tells the room 40 messages in a second and a half; another reads them over 64 kbit/s.
const slow = new WebSocket('/broadcast/depth?bandwidth=64000');
const fast = new WebSocket('/broadcast/depth?self=0');
const open = (socket: WebSocket) => new Promise((resolve) => (socket.onopen = resolve));
await Promise.all([open(slow), open(fast)]);

const count = 40;
let heard = 0;
slow.onmessage = () => {
  if (++heard < count) return;
  slow.close(1000);
  fast.close(1000);
};

for (let i = 1; i <= count; i++) {
  fast.send(`update ${i} ${'.'.repeat(600)}`);
  await new Promise((resolve) => setTimeout(resolve, 40));
}
