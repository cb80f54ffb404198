// The same five messages over three connections: as they
// are, each compressed by itself, and by what came before
// too.
const update = (tick: number) =>
  JSON.stringify({
    tick,
    player: 'Ada',
    place: { x: 412.5, y: 96.25 },
  });
const list = JSON.stringify(
  Array.from({ length: 20 }, (_, i) => ({
    id: i,
    name: `player ${i}`,
    score: i * 10,
    online: true,
  })),
);
const messages = [
  'ok',
  update(1),
  update(2),
  list,
  noise(200),
];

for (const address of [
  '/echo',
  '/echo?compress=1',
  '/echo?compress=takeover',
]) {
  const ws = new WebSocket(address);
  let next = 0;

  ws.onopen = () => {
    console.log(`${address}: "${ws.extensions}"`);
    sendNext();
  };
  ws.onmessage = sendNext;

  function sendNext() {
    const message = messages[next++];
    if (message === undefined) ws.close(1000, 'all sent');
    else ws.send(message);
  }
}

// Bytes without any pattern, and the same each time: what
// encrypted or compressed data looks like.
function noise(length: number) {
  let seed = 7;
  return Uint8Array.from(
    { length },
    () =>
      (seed = (seed * 1103515245 + 12345) % 2147483648) >> 16,
  );
}
