// Two short texts, then one position three times: as text,
// and packed into bytes.
const ws = new WebSocket('/echo');
const position = {
  player: 7,
  tick: 1234,
  x: 412.5,
  y: 96.25,
};
const messages = [
  'naïve',
  '€',
  JSON.stringify(position),
  packed(),
  packed(),
];

ws.onopen = sendNext;

ws.onmessage = ({
  data,
}: MessageEvent<string | Blob | ArrayBuffer>) => {
  if (typeof data === 'string') {
    console.log(
      `"${data}": ${data.length} in JavaScript, ${new TextEncoder().encode(data).length} bytes of UTF-8`,
    );
  } else if (data instanceof Blob) {
    console.log(
      `a Blob of ${data.size} bytes; from now on, ArrayBuffers, please`,
    );
    ws.binaryType = 'arraybuffer';
  } else {
    const view = new DataView(data);
    console.log(
      `an ArrayBuffer of ${data.byteLength}: x is ${view.getFloat32(5)}, y is ${view.getFloat32(9)}`,
    );
  }
  if (messages.length > 0) sendNext();
  else ws.close(1000, 'done');
};

function sendNext() {
  ws.send(messages.shift() ?? '');
}

// One byte for the player, four for the tick, four each for
// x and y.
function packed(): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(13));
  view.setUint8(0, position.player);
  view.setUint32(1, position.tick);
  view.setFloat32(5, position.x);
  view.setFloat32(9, position.y);
  return view.buffer;
}
