// The server speaks by itself, five times a second.
// So do we.
const ws = new WebSocket('/ticker?every=200&count=8');
let sent = 0;
let heard = 0;

ws.onopen = () => {
  const timer = setInterval(() => {
    ws.send(`hello ${++sent}`);
    if (sent === 8) clearInterval(timer);
    closeWhenDone();
  }, 200);
};

ws.onmessage = (event) => {
  console.log('server:', event.data);
  heard++;
  closeWhenDone();
};

function closeWhenDone() {
  if (sent === 8 && heard === 8)
    ws.close(1000, 'that is all');
}
