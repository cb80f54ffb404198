// Three frames, captured on their way to a server. Each
// holds one word: send all three to the echo, as text.
const captured = [
  '81 87 a1 5c 0e 93 ec 3d 7d f8 c8 32 69',
  '81 85 2f d8 61 7a 47 b1 05 1f 5c',
  '81 87 c4 17 b9 38 aa 78 cd 50 ad 79 de',
];

const ws = new WebSocket('/echo');
let next = 0;

ws.onopen = sendNext;

ws.onmessage = (event) => {
  console.log('echo:', event.data);
  if (next < captured.length) sendNext();
  else ws.close(1000, 'done');
};

function sendNext() {
  const frame = captured[next++] ?? '';
  ws.send(
    textOf(
      frame.split(' ').map((pair) => parseInt(pair, 16)),
    ),
  );
}

// A short frame: two bytes of header, four of key, then the
// payload. Something is still missing here.
function textOf(frame: number[]): string {
  const payload = frame.slice(6);
  return new TextDecoder().decode(Uint8Array.from(payload));
}
