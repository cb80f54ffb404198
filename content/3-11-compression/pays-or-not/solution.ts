// A pattern shrinks, noise grows, and a message that has
// been there before is little more than a reference to it.
const update = JSON.stringify({
  player: 'Ada',
  place: { x: 412.5, y: 96.25 },
  items: ['lamp', 'rope'],
  health: 87,
});

send('/echo?compress=1', [
  'all work and no play '.repeat(60),
]);
send('/echo?compress=1', [
  crypto.getRandomValues(new Uint8Array(300)),
]);
send('/echo?compress=takeover', [update, update]);

function send(
  address: string,
  messages: (string | Uint8Array<ArrayBuffer>)[],
) {
  const ws = new WebSocket(address);
  let echoes = 0;

  ws.onopen = () =>
    messages.forEach((message) => ws.send(message));

  ws.onmessage = () => {
    if (++echoes === messages.length) ws.close(1000, 'done');
  };
}
