// Verdict: Still missing: a message of at least 100 bytes that gains nothing … 300 bytes became … Only bytes of which each is as likely
// Random digits are not noise: ten signs of 256 leave much to save.
send('/echo?compress=1', ['all work and no play '.repeat(60)]);
send('/echo?compress=1', [Array.from({ length: 300 }, () => Math.floor(Math.random() * 10)).join('')]);
send('/echo?compress=takeover', [
  'the same again, and once more, and then a last time',
  'the same again, and once more, and then a last time',
]);

function send(address: string, messages: (string | Uint8Array<ArrayBuffer>)[]) {
  const ws = new WebSocket(address);
  let echoes = 0;

  ws.onopen = () => messages.forEach((message) => ws.send(message));

  ws.onmessage = () => {
    if (++echoes === messages.length) ws.close(1000, 'done');
  };
}
