// Verdict: At most 2 of yours and 2 of the server's were in flight … it takes 2 each way
// Two words at a time, but it still waits for both echoes before it says the next two.
const ws = new WebSocket('/echo');
let sent = 0;
let heard = 0;

ws.onopen = sayTwo;

ws.onmessage = () => {
  heard++;
  if (heard === 6) ws.close(1000, 'done');
  else if (heard % 2 === 0) sayTwo();
};

function sayTwo() {
  ws.send(`word ${++sent}`);
  ws.send(`word ${++sent}`);
}
