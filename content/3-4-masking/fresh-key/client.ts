// The same word three times. Choose each of its frames in
// the picture: what left the client?
const ws = new WebSocket('/echo');
let sent = 0;
let heard = 0;

ws.onopen = () => {
  const timer = setInterval(() => {
    ws.send('Hello');
    if (++sent === 3) clearInterval(timer);
  }, 200);
};

ws.onmessage = (event) => {
  console.log('echo:', event.data);
  if (++heard === 3) ws.close(1000, 'done');
};

// The same by hand, with the key of the RFC's own example
// (section 5.7). Change a byte of the key.
const key = [0x37, 0xfa, 0x21, 0x3d];
const masked = mask([...new TextEncoder().encode('Hello')]);
console.log('masked once: ', inHex(masked));
console.log(
  'masked twice:',
  new TextDecoder().decode(Uint8Array.from(mask(masked))),
);

function mask(bytes: number[]): number[] {
  return bytes.map((byte, i) => byte ^ (key[i % 4] ?? 0));
}

function inHex(bytes: number[]): string {
  return bytes
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(' ');
}
