// Six words to an echo, without waiting for what comes back.
const ws = new WebSocket('/echo');
let sent = 0;
let heard = 0;

ws.onopen = () => {
  const timer = setInterval(() => {
    ws.send(`word ${++sent}`);
    if (sent === 6) clearInterval(timer);
  }, 150);
};

ws.onmessage = (event) => {
  console.log('echo:', event.data);
  if (++heard === 6) ws.close(1000, 'done');
};
