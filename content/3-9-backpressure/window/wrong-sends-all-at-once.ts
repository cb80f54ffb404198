// Verdict: … MB were on their way … It takes at most 262 kB … bufferedAmount
// Everything at once: the queue is the whole of it.
const ws = new WebSocket('/sink?bandwidth=8000000');
const chunk = new Uint8Array(62_500);

ws.onopen = () => {
  for (let i = 0; i < 80; i++) ws.send(chunk);
};

ws.onmessage = ({ data }) => {
  if (Number(data) >= 5_000_000) ws.close(1000, 'all there');
};
