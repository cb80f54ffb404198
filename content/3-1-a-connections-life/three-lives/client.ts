// Three lives: one that we end, one that the server ends,
// one that never opens.
const states = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

const ours = live('ours', '/echo');
ours.addEventListener('open', () => {
  ours.send('Hello');
  live('the server’s', '/ticker?every=400&count=1&close=1');
  live('refused', '/ticker?every=1');
});
ours.addEventListener('message', () => {
  ours.close(1000, 'done');
  console.log(
    `ours: after close() the state is ${ours.readyState} ${states[ours.readyState]}`,
  );
});

// Opens a connection and tells its state at each of its
// events.
function live(name: string, address: string) {
  const ws = new WebSocket(address);
  const tell = (moment: string) =>
    console.log(
      `${name}: ${moment}, state ${ws.readyState} ${states[ws.readyState]}`,
    );
  tell('made');
  for (const type of ['open', 'message', 'error'])
    ws.addEventListener(type, () => tell(type));
  ws.addEventListener('close', ({ code, wasClean }) =>
    tell(
      `close ${code}, ${wasClean ? 'clean' : 'not clean'}`,
    ),
  );
  return ws;
}
