// Three messages, and the three forms of the length. Choose
// each frame in the picture: how long is its header?
const ws = new WebSocket('/echo');
const sizes = [5, 200, 65_536];
let sent = 0;

ws.onopen = sendNext;

ws.onmessage = (event) => {
  console.log('echo:', event.data.length, 'characters');
  if (sent < sizes.length) sendNext();
  else ws.close(1000, 'done');
};

function sendNext() {
  const size = sizes[sent++] ?? 0;
  ws.send('Hello'.repeat(size / 5 + 1).slice(0, size));
}
