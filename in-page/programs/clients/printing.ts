/** What programs print of values, and the listeners of a browser in all their forms. */
import type { TutorialProgram } from '../running/program.ts';

export const printing: TutorialProgram[] = [
  {
    name: 'what a server prints of its values',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });

class Player {
  #secret = 1;
  constructor(name) {
    this.name = name;
    this.position = { x: 1.5, y: -0 };
    this.inventory = ['sword', undefined, null];
  }
  get loud() {
    return this.name.toUpperCase();
  }
}
const players = new Map([['p1', new Player('Ada')], ['p2', new Player("O'Neil")]]);

wss.on('connection', (ws, req) => {
  console.log(req.method, req.url, req.httpVersion, req.headers.upgrade, req.headers['sec-websocket-version']);
  console.log(players);
  console.log('%s has %d points, %i%%, %j %o', 'Ada', '42', 7.9, { a: [1] }, [true]);
  console.log(new Set(['a', 1n, Symbol('s')]), [1, , 3], new Date(0), /re/gi, () => 1, class A {}, null, undefined);
  console.log({ 'a-b': 1, f() {}, deep: { er: { est: { gone: 1 } } }, buffer: Buffer.from('hi'), long: 'x'.repeat(90) });
  console.log([ws.readyState, ws.protocol, ws.bufferedAmount, typeof ws.send], wss.clients.size, wss.address().port);
  console.log(Array.from({ length: 120 }, (_, i) => i));
  console.warn('careful', [['nested', ['arrays', ['go', ['deep']]]]]);
  console.log(new Error('shown by its message').message, String(new TypeError('t')), Number('1e21'), -0, 0.1 + 0.2);
  ws.on('message', (data, isBinary) => console.log(data, isBinary, \`\${data}\`, data.length, data.slice(0, 2)));
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080/print?me');
ws.onopen = () => {
  console.log([ws.url, ws.protocol, ws.extensions, ws.binaryType, ws.bufferedAmount], WebSocket.OPEN, ws.CLOSED);
  ws.send('text');
  ws.send(new Uint8Array([0, 255, 16]));
  ws.close();
};
`,
      },
    ],
  },
  {
    name: 'listeners in all their forms',
    server: `
const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8080 }).on('connection', (ws) => {
  for (const n of [1, 2, 3, 4]) ws.send('message ' + n);
  ws.on('message', (data) => ws.close(1000, data));
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
const controller = new AbortController();
const twice = { calls: 0, handleEvent(event) {
  console.log('object', event.data, this.calls, event.target === ws);
  if (++this.calls === 2) ws.removeEventListener('message', this);
} };
function plain(event) {
  console.log('plain', event.data, this === ws);
  if (event.data === 'message 3') event.stopImmediatePropagation();
}
ws.addEventListener('message', twice);
ws.addEventListener('message', plain);
ws.addEventListener('message', plain);
ws.addEventListener('message', (e) => console.log('once', e.data), { once: true });
ws.addEventListener('message', (e) => console.log('signal', e.data), { signal: controller.signal });
ws.onmessage = (event) => {
  console.log('handler', event.data, event instanceof MessageEvent, event.origin.startsWith('ws'));
  if (event.data === 'message 2') controller.abort();
  if (event.data === 'message 4') {
    ws.onmessage = null;
    ws.send('enough');
  }
};
ws.addEventListener('close', (event) => console.log(event.constructor.name, event.code, event.reason, event.cancelable));
console.log(typeof ws.onopen, ws.onmessage !== null);
`,
      },
    ],
  },
];
