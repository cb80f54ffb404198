/** How connections begin, go on unasked, and end. */
import type { TutorialProgram } from '../running/program.ts';

export const lifetimes: TutorialProgram[] = [
  {
    name: 'a ticker pushes unasked',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });

wss.on('connection', (ws) => {
  let price = 100;
  const timer = setInterval(() => {
    price += 5;
    ws.send(JSON.stringify({ symbol: 'ACME', price }));
  }, 20);
  ws.on('close', () => {
    clearInterval(timer);
    console.log('stopped the ticker');
  });
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080/ticker');
const prices = [];
ws.onmessage = (event) => {
  const { symbol, price } = JSON.parse(event.data);
  prices.push(price);
  console.log(symbol + ': ' + price.toFixed(2));
  if (prices.length === 4) ws.close(1000, 'enough');
};
ws.onclose = () => console.log('average', prices.reduce((sum, p) => sum + p, 0) / prices.length);
`,
      },
    ],
  },
  {
    name: 'closing with a code and a reason, from both ends',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });

wss.on('connection', (ws, req) => {
  ws.on('close', (code, reason) => console.log(req.url, code, reason.toString() || '(no reason)'));
  if (req.url === '/full') ws.close(4003, 'The room is full');
  if (req.url === '/policy') ws.close(1008, 'No pets');
  if (req.url === '/plain') ws.close();
  if (req.url === '/cut') ws.terminate();
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const tries = [
  ['/full'],
  ['/policy'],
  ['/plain'],
  ['/cut'],
  ['/mine', 1000, 'Work is done'],
  ['/mine', 3001],
  ['/mine', 4999, 'äöü'],
  ['/mine'],
];
function next() {
  const [path, ...closing] = tries.shift() || [];
  if (!path) return;
  const ws = new WebSocket('ws://localhost:8080' + path);
  if (path === '/mine') ws.onopen = () => ws.close(...closing);
  ws.onclose = (e) => {
    console.log(path, e.code, e.reason || '(no reason)', e.wasClean ? 'clean' : 'not clean');
    next();
  };
}
next();
`,
      },
    ],
    differs: {
      why: 'The WebSocket of Node answers a Close frame with its code alone. Browsers answer with the reason too, as does ws.',
      inPage: {
        server: [
          '/full 4003 The room is full',
          '/policy 1008 No pets',
          '/plain 1005 (no reason)',
          '/cut 1006 (no reason)',
          '/mine 1000 Work is done',
          '/mine 3001 (no reason)',
          '/mine 4999 äöü',
          '/mine 1005 (no reason)',
        ],
      },
    },
  },
  {
    name: 'what close and send refuse',
    server: `
const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8080 }).on('connection', (ws) => {
  try {
    ws.close(1005);
  } catch (error) {
    console.log(error.name, error.message);
  }
  ws.on('message', (data) => console.log('got', data.toString()));
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const states = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];
const ws = new WebSocket('ws://localhost:8080');
const show = (when) => console.log(when, states[ws.readyState]);
const attempt = (what, act) => {
  try {
    act();
    console.log(what, 'is fine');
  } catch (error) {
    console.log(what, error.name);
  }
};
show('at first');
attempt('send too early', () => ws.send('too early'));
ws.onopen = () => {
  show('in onopen');
  attempt('close with 1001', () => ws.close(1001));
  attempt('close with 5000', () => ws.close(5000));
  attempt('close with a long reason', () => ws.close(1000, 'x'.repeat(124)));
  attempt('send', () => ws.send('in time'));
  attempt('close', () => ws.close(1000));
  show('after close()');
  attempt('send too late', () => ws.send('too late'));
};
ws.onclose = () => show('in onclose');
attempt('an address that is none', () => new WebSocket('ws://'));
attempt('the same protocol twice', () => new WebSocket('ws://localhost:8080', ['a', 'a']));
`,
      },
    ],
  },
  {
    name: 'nobody listens there',
    server: `
const http = require('http');
http.createServer((req, res) => res.end('no sockets here')).listen(8080, () => console.log('only HTTP'));
`,
    clients: [
      {
        name: 'browser',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080/socket');
ws.onopen = () => console.log('open');
ws.onerror = (event) => console.log(event.type, ws.readyState);
ws.onclose = (event) => console.log(event.type, event.code, event.wasClean);
`,
      },
      {
        name: 'node',
        on: 'node',
        code: `
const WebSocket = require('ws');
const ws = new WebSocket('ws://localhost:8080/socket');
ws.on('error', (error) => console.log('error:', error.message));
ws.on('close', (code) => {
  console.log('close', code);
  const other = new WebSocket('ws://localhost:1');
  other.on('error', (error) => console.log('error:', error.code));
  other.on('close', (code) => console.log('close', code));
});
`,
      },
    ],
  },
];
