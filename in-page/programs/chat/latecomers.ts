/** Chats that tell those who come later what was said, and who is here. */
import type { TutorialProgram } from '../running/program.ts';

export const latecomers: TutorialProgram[] = [
  {
    name: 'history is replayed for late joiners',
    server: `
import { WebSocketServer } from 'ws';
const wss = new WebSocketServer({ port: 8080 });
const MAX = 3;
const history = [];
let seq = 0;

wss.on('connection', (ws, req) => {
  const since = Number(new URL(req.url, 'http://localhost').searchParams.get('since') ?? 0);
  const missed = history.filter((m) => m.seq > since);
  ws.send(JSON.stringify({ type: 'history', messages: missed, lost: Math.max(0, (history[0]?.seq ?? 1) - since - 1) }));
  ws.on('message', (data) => {
    const message = { seq: ++seq, text: data.toString() };
    history.push(message);
    if (history.length > MAX) history.shift();
    wss.clients.forEach((c) => c.send(JSON.stringify({ type: 'message', ...message })));
  });
});
`,
    clients: [
      {
        name: 'early',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080/?since=0');
ws.onopen = () => ['one', 'two', 'three', 'four', 'five'].forEach((text) => ws.send(text));
ws.onmessage = ({ data }) => {
  const m = JSON.parse(data);
  console.log(m.type === 'history' ? 'history of ' + m.messages.length : m.seq + ' ' + m.text);
  if (m.seq === 5) console.log('written');
  if (m.seq === 6) ws.close();
};
`,
      },
      {
        name: 'late',
        on: 'browser',
        after: { program: 'early', prints: 'written' },
        code: `
function join(since, then) {
  const ws = new WebSocket('ws://localhost:8080/?since=' + since);
  ws.onmessage = ({ data }) => {
    const m = JSON.parse(data);
    console.log('since', since, m);
    if (m.type === 'history') then(ws);
    else ws.close();
  };
  return ws;
}
join(0, (first) => {
  first.onclose = () => join(4, (second) => second.send('six'));
  first.close();
});
`,
      },
    ],
  },
  {
    name: 'who is here, told to those who come and go',
    server: `
const { WebSocketServer, OPEN } = require('ws');
const { randomUUID } = require('crypto');
const wss = new WebSocketServer({ port: 8080, clientTracking: true });
const members = new Map();

const everybody = (event) => {
  const text = JSON.stringify({ event, count: members.size, names: Array.from(members.values(), (m) => m.name) });
  for (const [ws] of members) ws.send(text);
};

wss.on('connection', (ws, req) => {
  const id = randomUUID();
  const name = decodeURIComponent(req.url.slice(1));
  members.set(ws, { id, name });
  console.log(name, id.length, typeof req.socket.remoteAddress);
  everybody(name + ' is here');
  ws.on('close', () => {
    members.delete(ws);
    everybody(name + ' has gone');
    if (members.size === 0) console.log('empty');
  });
});
`,
    clients: [
      {
        name: 'first',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080/Mary%20Ann');
ws.onmessage = ({ data }) => {
  const { event, count, names } = JSON.parse(data);
  console.log(event);
  console.log(count, names);
  if (event.endsWith('gone')) ws.close();
};
`,
      },
      {
        name: 'second',
        on: 'node',
        after: { program: 'first', prints: 'Mary Ann is here' },
        code: `
import { WebSocket } from 'ws';
const ws = new WebSocket('ws://localhost:8080/Nat');
ws.on('message', (data) => {
  console.log(JSON.parse(data));
  ws.close();
});
`,
      },
    ],
  },
];
