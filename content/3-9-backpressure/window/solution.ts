// Keeps at most 250,000 bytes on the way: what has been
// sent, less what the server says has arrived.
const ws = new WebSocket('/sink?bandwidth=8000000');
const chunk = new Uint8Array(62_500);
const total = 5_000_000;
const window = 250_000;
let sent = 0;
let arrived = 0;

ws.onopen = sendMore;

function sendMore() {
  while (
    sent < total &&
    sent - arrived + chunk.length <= window
  ) {
    ws.send(chunk);
    sent += chunk.length;
  }
}

ws.onmessage = ({ data }) => {
  arrived = Number(data);
  if (arrived >= total) ws.close(1000, 'all there');
  else sendMore();
};
