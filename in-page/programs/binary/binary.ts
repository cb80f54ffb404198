/** Bytes instead of text. */
import type { TutorialProgram } from '../running/program.ts';

export const binary: TutorialProgram[] = [
  {
    name: 'binary both ways, Buffer and ArrayBuffer',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });

wss.on('connection', (ws) => {
  ws.on('message', (data, isBinary) => {
    if (!isBinary) return ws.send('text: ' + data);
    console.log(data);
    const doubled = Buffer.alloc(data.length);
    for (let i = 0; i < data.length; i++) doubled[i] = data[i] * 2;
    ws.send(doubled);
  });
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
ws.binaryType = 'arraybuffer';
ws.onopen = () => {
  ws.send(new Uint8Array([1, 2, 3]));
  ws.send(new Uint8Array([250, 200, 100, 50]).subarray(1, 3));
  ws.send(Uint16Array.of(258, 772).buffer);
  ws.send('now text');
};
ws.onmessage = ({ data }) => {
  if (data instanceof ArrayBuffer) return console.log('bytes', Array.from(new Uint8Array(data)).join(' '));
  console.log(data);
  ws.close();
};
`,
      },
    ],
  },
  {
    name: 'a Blob is what a browser gets by default',
    server: `
import { WebSocketServer } from 'ws';
const wss = new WebSocketServer({ port: 8080 });
wss.on('connection', (ws) => {
  ws.send(Buffer.from('bytes that are text'));
  ws.on('message', (data, isBinary) => {
    console.log(isBinary, data.length, data.toString('utf8'));
    ws.close();
  });
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
console.log(ws.binaryType);
ws.onmessage = async (event) => {
  console.log(event.data instanceof Blob, event.data.size);
  console.log(await event.data.text());
  ws.send(new Blob(['from ', 'a ', 'Blob']));
};
ws.onclose = (event) => console.log(event.code);
`,
      },
    ],
  },
  {
    name: 'a binary protocol of its own, by DataView and readInt16BE',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });
const MOVE = 1;
const SCORE = 2;

wss.on('connection', (ws) => {
  let score = 0;
  ws.on('message', (packet) => {
    const opcode = packet.readUInt8(0);
    if (opcode !== MOVE) return ws.close(1003, 'opcode ' + opcode);
    const x = packet.readInt16BE(1);
    const y = packet.readInt16BE(3);
    console.log('move to', x, y, packet.readFloatLE(5).toFixed(2));
    score += Math.abs(x) + Math.abs(y);
    const reply = Buffer.alloc(5);
    reply.writeUInt8(SCORE, 0);
    reply.writeUInt32BE(score, 1);
    ws.send(reply);
  });
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
ws.binaryType = 'arraybuffer';
function move(x, y, speed) {
  const view = new DataView(new ArrayBuffer(9));
  view.setUint8(0, 1);
  view.setInt16(1, x);
  view.setInt16(3, y);
  view.setFloat32(5, speed, true);
  ws.send(view);
}
const moves = [[10, -20, 1.5], [-300, 7, 0.25]];
ws.onopen = () => move(...moves.shift());
ws.onmessage = (event) => {
  const view = new DataView(event.data);
  console.log('opcode', view.getUint8(0), 'score', view.getUint32(1));
  if (moves.length) move(...moves.shift());
  else ws.send(new Uint8Array([9]));
};
ws.onclose = (event) => console.log(event.code, event.reason);
`,
      },
    ],
  },
  {
    name: 'a file in chunks, with its hash',
    server: `
const { createHash } = require('node:crypto');
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080, maxPayload: 64 * 1024 });

wss.on('connection', (ws) => {
  let file = null;
  ws.on('message', (data, isBinary) => {
    if (isBinary) {
      file.chunks.push(data);
      file.received += data.length;
      ws.send(JSON.stringify({ progress: Math.round((100 * file.received) / file.size) }));
      return;
    }
    const message = JSON.parse(data);
    if (message.start) file = { ...message.start, chunks: [], received: 0 };
    if (message.end) {
      const whole = Buffer.concat(file.chunks);
      const sha256 = createHash('sha256').update(whole).digest('hex');
      console.log(file.name, whole.length, sha256.slice(0, 16));
      ws.send(JSON.stringify({ done: file.name, sha256 }));
    }
  });
  ws.on('error', (error) => console.log(error.code, error.message));
  ws.on('close', (code) => console.log('close', code));
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const file = Uint8Array.from({ length: 100000 }, (_, i) => (i * 31) % 251);
const CHUNK = 32 * 1024;
const ws = new WebSocket('ws://localhost:8080/upload');
let offset = 0;
const sendChunk = () => {
  if (offset >= file.length) return ws.send(JSON.stringify({ end: true }));
  ws.send(file.slice(offset, offset + CHUNK));
  offset += CHUNK;
};
ws.onopen = () => {
  ws.send(JSON.stringify({ start: { name: 'photo.raw', size: file.length } }));
  sendChunk();
};
ws.onmessage = async (event) => {
  const message = JSON.parse(event.data);
  if (message.progress) {
    console.log(message.progress + ' %');
    return sendChunk();
  }
  console.log(message.done, message.sha256.slice(0, 16));
  ws.send(file);
};
ws.onclose = (event) => console.log('closed', event.code);
`,
      },
    ],
  },
];
