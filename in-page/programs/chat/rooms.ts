/** Chats with places and people: rooms, whispers, history, who is here. */
import type { TutorialProgram } from '../running/program.ts';

export const rooms: TutorialProgram[] = [
  {
    name: 'rooms',
    server: `
const WebSocket = require('ws');
const wss = new WebSocket.Server({ port: 8080 });
const rooms = {};

function join(ws, room) {
  leave(ws);
  if (!rooms[room]) rooms[room] = new Set();
  rooms[room].add(ws);
  ws.room = room;
}

function leave(ws) {
  if (!ws.room) return;
  rooms[ws.room].delete(ws);
  if (rooms[ws.room].size === 0) delete rooms[ws.room];
  ws.room = null;
}

wss.on('connection', (ws) => {
  ws.on('message', (data) => {
    const { action, room, text } = JSON.parse(data);
    if (action === 'join') {
      join(ws, room);
      ws.send('joined ' + room + ' with ' + rooms[room].size);
    }
    if (action === 'say' && ws.room) {
      for (const member of rooms[ws.room]) member.send('[' + ws.room + '] ' + text);
    }
  });
  ws.on('close', () => {
    leave(ws);
    console.log('rooms left:', Object.keys(rooms).sort().join(' ') || 'none');
  });
});
`,
    clients: [
      {
        name: 'listener',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
ws.onopen = () => ws.send(JSON.stringify({ action: 'join', room: 'jazz' }));
ws.onmessage = ({ data }) => {
  console.log(data);
  if (data.endsWith('bye')) ws.close();
};
`,
      },
      {
        name: 'mover',
        on: 'browser',
        after: { program: 'listener', prints: 'joined jazz with 1' },
        code: `
const ws = new WebSocket('ws://localhost:8080');
const steps = [
  { action: 'join', room: 'rock' },
  { action: 'say', text: 'loud here' },
  { action: 'join', room: 'jazz' },
  { action: 'say', text: 'mellow here' },
  { action: 'say', text: 'bye' },
];
const step = () => ws.send(JSON.stringify(steps.shift()));
ws.onopen = step;
ws.onmessage = ({ data }) => {
  console.log(data);
  if (steps.length) step();
};
ws.onclose = () => console.log('out');
setTimeout(() => ws.close(), 250);
`,
      },
    ],
  },
  {
    name: 'whispers to a user by name',
    server: `
const { WebSocketServer } = require('ws');
const url = require('url');
const wss = new WebSocketServer({ port: 8080 });
const byName = new Map();

wss.on('connection', (ws, req) => {
  const { query } = url.parse(req.url, true);
  const name = query.name;
  if (byName.has(name)) return ws.close(4009, 'name taken');
  byName.set(name, ws);
  ws.on('message', (data) => {
    const [, to, text] = /^@(\\S+) (.*)$/.exec(data.toString()) || [];
    const target = byName.get(to);
    if (target) target.send(name + ' whispers: ' + text);
    else ws.send('No such user: ' + to);
  });
  ws.on('close', () => byName.delete(name));
  ws.send('Welcome, ' + name);
});
`,
    clients: [
      {
        name: 'zoe',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080/?name=Zo%C3%AB1');
ws.onmessage = ({ data }) => {
  console.log(data);
  if (data.includes('whispers')) ws.close();
};
`,
      },
      {
        name: 'yan',
        on: 'node',
        after: { program: 'zoe', prints: 'Welcome, Zoë1' },
        code: `
const WebSocket = require('ws');
const thief = new WebSocket('ws://localhost:8080/?name=' + encodeURIComponent('Zoë1'));
thief.on('close', (code, reason) => {
  console.log(code, reason.toString());
  const ws = new WebSocket('ws://localhost:8080/?name=Yan');
  ws.on('message', (data) => {
    console.log(data.toString());
    if (data.toString().startsWith('Welcome')) {
      ws.send('@Xi hello?');
      ws.send('@Yan note to self');
    } else if (data.toString().includes('note')) ws.close();
  });
});
`,
      },
      {
        name: 'wu',
        on: 'browser',
        after: { program: 'yan', prints: 'Yan whispers: note to self' },
        code: `
const ws = new WebSocket('ws://localhost:8080/?name=Wu');
ws.onopen = () => ws.send('@Zoë1 psst');
ws.onmessage = ({ data }) => {
  console.log(data);
  if (data.startsWith('No such')) ws.close();
  else ws.send('@Yan are you there?');
};
`,
      },
    ],
    lingers: 100,
  },
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
