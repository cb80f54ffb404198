// Verdict: The server closed first, with 1000 … Call close() before that.
// Never closes: the server does, and the browser answers by itself.
const ws = new WebSocket('/ticker?every=200&count=5&close=1');

ws.onclose = ({ code, reason }) => {
  console.log(`told: ${code} "${reason}"`);
};
