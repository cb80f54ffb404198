// Verdict: carried bytes at once for … Still missing: a link on which one direction is refused; a link that carries both directions, but never at once.
// Fast enough, but on one kind of link only.
const ws = new WebSocket('/ticker?every=150&count=5&duplex=full');
let sent = 0;
let heard = 0;

ws.onopen = () => {
  const timer = setInterval(() => {
    ws.send(`full ${++sent}`);
    if (sent === 5) clearInterval(timer);
  }, 150);
};

ws.onmessage = () => {
  if (++heard === 5) ws.close(1000);
};
