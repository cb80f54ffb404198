// Waits while bufferedAmount is above 128 KiB. That is what
// most tutorials say; is it enough?
const ws = new WebSocket('/sink?bandwidth=8000000');
const chunk = new Uint8Array(62_500);
const total = 5_000_000;
let sent = 0;
let arrived = 0;

ws.onopen = sendMore;

function sendMore() {
  while (sent < total && ws.bufferedAmount < 131_072) {
    ws.send(chunk);
    sent += chunk.length;
  }
  if (sent < total) setTimeout(sendMore, 5);
}

ws.onmessage = ({ data }) => {
  arrived = Number(data);
  if (arrived >= total) ws.close(1000, 'all there');
};
