/** Chats: what one says, others hear. */
import type { TutorialProgram } from '../running/program.ts';

export const broadcast: TutorialProgram[] = [
  {
    name: 'a chat sends to every other client',
    server: `
const WebSocket = require('ws');
const wss = new WebSocket.Server({ port: 8080 });

wss.on('connection', (ws) => {
  console.log('clients:', wss.clients.size);
  ws.on('message', (data) => {
    wss.clients.forEach((client) => {
      if (client !== ws && client.readyState === WebSocket.OPEN) {
        client.send(data.toString());
      }
    });
  });
});
`,
    clients: [
      {
        name: 'alice',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
ws.onopen = () => console.log('here');
ws.onmessage = ({ data }) => {
  console.log('alice hears', data);
  if (data === 'bob: hi all') ws.send('alice: hi bob');
  if (data === 'bob: bye') ws.close();
};
`,
      },
      {
        name: 'carol',
        on: 'browser',
        after: { program: 'alice', prints: 'here' },
        code: `
const ws = new WebSocket('ws://localhost:8080');
ws.onopen = () => console.log('here');
ws.onmessage = ({ data }) => {
  console.log('carol hears', data);
  if (data === 'bob: bye') ws.close();
};
`,
      },
      {
        name: 'bob',
        on: 'node',
        after: { program: 'carol', prints: 'here' },
        code: `
const WebSocket = require('ws');
const ws = new WebSocket('ws://localhost:8080');
ws.on('open', () => ws.send('bob: hi all'));
ws.on('message', (data) => {
  console.log('bob hears', data.toString());
  ws.send('bob: bye', () => ws.close());
});
`,
      },
    ],
  },
  {
    name: 'a chat with names, joining and leaving',
    server: `
import { WebSocketServer, WebSocket } from 'ws';
const wss = new WebSocketServer({ port: 8080 });
const users = new Map();

function broadcast(message) {
  const text = JSON.stringify(message);
  for (const client of wss.clients) {
    if (client.readyState === WebSocket.OPEN) client.send(text);
  }
}

wss.on('connection', (ws) => {
  ws.on('message', (raw) => {
    const message = JSON.parse(raw.toString());
    if (message.type === 'join') {
      users.set(ws, message.name);
      broadcast({ type: 'joined', name: message.name, online: [...users.values()] });
    } else if (message.type === 'say') {
      broadcast({ type: 'said', name: users.get(ws), text: message.text });
    }
  });
  ws.on('close', () => {
    const name = users.get(ws);
    users.delete(ws);
    console.log(name, 'left');
    broadcast({ type: 'left', name, online: [...users.values()] });
  });
});
`,
    clients: [
      {
        name: 'ann',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
ws.onopen = () => ws.send(JSON.stringify({ type: 'join', name: 'Ann' }));
ws.onmessage = ({ data }) => {
  const m = JSON.parse(data);
  if (m.type === 'joined') console.log('* ' + m.name + ' joined: ' + m.online.join(', '));
  if (m.type === 'said') console.log('<' + m.name + '> ' + m.text);
  if (m.type === 'left') {
    console.log('* ' + m.name + ' left: ' + m.online.join(', '));
    ws.close();
  }
  if (m.type === 'said' && m.name === 'Ben') ws.send(JSON.stringify({ type: 'say', text: 'Hi Ben' }));
};
`,
      },
      {
        name: 'ben',
        on: 'browser',
        after: { program: 'ann', prints: '* Ann joined: Ann' },
        code: `
const ws = new WebSocket('ws://localhost:8080');
ws.onopen = () => {
  ws.send(JSON.stringify({ type: 'join', name: 'Ben' }));
  ws.send(JSON.stringify({ type: 'say', text: 'Anybody here?' }));
};
ws.onmessage = ({ data }) => {
  const m = JSON.parse(data);
  console.log(m.type, m.name, m.text ?? m.online);
  if (m.text === 'Hi Ben') ws.close(1000, 'gotta go');
};
`,
      },
    ],
  },
  {
    name: 'broadcast with typing indicators',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });
let nextId = 1;

wss.on('connection', (ws) => {
  ws.id = nextId++;
  ws.typingTimer = null;
  const toOthers = (message) => {
    for (const client of wss.clients) if (client !== ws) client.send(JSON.stringify(message));
  };
  const stopTyping = () => {
    if (!ws.typingTimer) return;
    clearTimeout(ws.typingTimer);
    ws.typingTimer = null;
    toOthers({ type: 'typing', id: ws.id, typing: false });
  };
  ws.on('message', (raw) => {
    const message = JSON.parse(raw);
    if (message.type === 'typing') {
      if (!ws.typingTimer) toOthers({ type: 'typing', id: ws.id, typing: true });
      clearTimeout(ws.typingTimer);
      ws.typingTimer = setTimeout(stopTyping, 60);
    }
    if (message.type === 'message') {
      stopTyping();
      toOthers({ type: 'message', id: ws.id, text: message.text });
    }
  });
  ws.on('close', stopTyping);
});
`,
    clients: [
      {
        name: 'reader',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
let stops = 0;
ws.onopen = () => console.log('reading');
ws.onmessage = ({ data }) => {
  const m = JSON.parse(data);
  console.log(m.type === 'typing' ? 'user ' + m.id + (m.typing ? ' is typing…' : ' stopped typing') : m.text);
  if (m.typing === false && ++stops === 2) ws.close();
};
`,
      },
      {
        name: 'writer',
        on: 'browser',
        after: { program: 'reader', prints: 'reading' },
        code: `
const ws = new WebSocket('ws://localhost:8080');
const send = (message) => ws.send(JSON.stringify(message));
ws.onopen = () => {
  send({ type: 'typing' });
  send({ type: 'typing' });
  send({ type: 'message', text: 'Hello there' });
  send({ type: 'typing' });
  setTimeout(() => {
    console.log('gave up');
    ws.close();
  }, 200);
};
`,
      },
    ],
  },
];
