/** Chats in which not everybody hears everything. */
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
];
