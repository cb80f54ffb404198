// A control frame may stand between fragments, another
// message may not.
const { begin, middle, end, ping, other } = {
  begin: frame(0x01, 'A long '), // text, FIN = 0
  middle: frame(0x00, 'message '), // continuation, FIN = 0
  end: frame(0x80, 'ends.'), // continuation, FIN = 1
  ping: frame(0x89, 'still there?'), // ping, FIN = 1
  other: frame(0x81, 'A short one.'), // text, FIN = 1
};

const order = [begin, ping, middle, end, other];

const raw = new WebSocket('/raw');
raw.binaryType = 'arraybuffer';

raw.onopen = () => {
  for (const bytes of order) raw.send(bytes);
  raw.send('end');
};

raw.onmessage = (event) => {
  const text = new TextDecoder('latin1').decode(event.data);
  console.log('answer:', text.replace(/[^ -~]/g, '·'));
};
raw.onclose = (event) => console.log(event.reason);

// The first byte as given, then the length, a key, and the
// masked text.
function frame(first: number, text: string) {
  const key = [0x37, 0xfa, 0x21, 0x3d];
  const payload = [...new TextEncoder().encode(text)];
  const masked = payload.map(
    (byte, i) => byte ^ (key[i % 4] ?? 0),
  );
  return Uint8Array.from([
    first,
    0x80 | payload.length,
    ...key,
    ...masked,
  ]);
}
