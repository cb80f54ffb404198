// Two frames, byte by byte: the first breaks a rule of the
// header, the second a rule of its text.
const key = [0x37, 0xfa, 0x21, 0x3d];

const first = [
  0xc1,
  0x85,
  ...key,
  ...masked([0x48, 0x65, 0x6c, 0x6c, 0x6f]),
];
const second = [
  0x81,
  0x85,
  ...key,
  ...masked([0x77, 0x6f, 0xff, 0x6c, 0x64]),
];

await sendRaw('first', first);
await sendRaw('second', second);

// A browser's WebSocket sends whole frames alone. /raw writes
// bytes as they are onto a second connection.
function sendRaw(
  name: string,
  bytes: number[],
): Promise<void> {
  const raw = new WebSocket('/raw');
  raw.binaryType = 'arraybuffer';
  raw.onopen = () => {
    raw.send(Uint8Array.from(bytes));
    raw.send('end');
  };
  raw.onmessage = (event) => {
    console.log(name, 'is answered by', inHex(event.data));
  };
  return new Promise((resolve) => {
    raw.onclose = (event) => {
      console.log(event.reason);
      resolve();
    };
  });
}

function masked(payload: number[]): number[] {
  return payload.map((byte, i) => byte ^ (key[i % 4] ?? 0));
}

function inHex(bytes: ArrayBuffer): string {
  const pairs = [...new Uint8Array(bytes)];
  return pairs
    .map((b) => b.toString(16).padStart(2, '0'))
    .join(' ');
}
