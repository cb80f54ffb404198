// Five frames: a control frame may stand between fragments, another message may not.
const { begin, middle, end, ping, other } = {
  begin: frame(0x01, 'A long '), // text, FIN = 0
  middle: frame(0x00, 'message '), // continuation, FIN = 0
  end: frame(0x80, 'ends.'), // continuation, FIN = 1
  ping: frame(0x89, 'still there?'), // ping, FIN = 1
  other: frame(0x81, 'A short one.'), // text, FIN = 1
};

const raw = new WebSocket('/raw');
raw.binaryType = 'arraybuffer';

raw.onopen = () => {
  for (const bytes of [begin, ping, middle, end, other]) raw.send(bytes);
  raw.send('end');
};

raw.onmessage = (event) => console.log('answer:', new TextDecoder().decode(event.data));
raw.onclose = (event) => console.log(event.reason);

// The first byte as given, then the length, a key, and the masked text.
function frame(first: number, text: string): Uint8Array<ArrayBuffer> {
  const key = [0x37, 0xfa, 0x21, 0x3d];
  const payload = [...new TextEncoder().encode(text)];
  return Uint8Array.from([first, 0x80 | payload.length, ...key, ...payload.map((byte, i) => byte ^ (key[i % 4] ?? 0))]);
}
