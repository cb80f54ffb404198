// Which message gets ten times shorter, which gets longer,
// and which costs next to nothing? So far: "hello", three
// times.
send('/echo?compress=1', ['hello']);
send('/echo?compress=1', ['hello']);
send('/echo?compress=takeover', ['hello', 'hello']);

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
