// Ten messages each way on one connection, at the same time.
const ws = new WebSocket('/ticker?every=200&count=10');
let sent = 0;
let heard = 0;

ws.onopen = () => {
  const timer = setInterval(() => {
    ws.send(`client ${++sent}`);
    if (sent === 10) clearInterval(timer);
    closeWhenDone();
  }, 200);
};

ws.onmessage = (event) => {
  console.log('heard', event.data);
  heard++;
  closeWhenDone();
};

ws.onclose = (event) =>
  console.log('closed', event.code, event.reason);

function closeWhenDone() {
  if (sent === 10 && heard === 10)
    ws.close(1000, 'both have spoken');
}
