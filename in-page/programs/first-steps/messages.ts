/** Messages that mean something: commands in text and JSON, and what goes wrong with them. */
import type { TutorialProgram } from '../running/program.ts';

export const messages: TutorialProgram[] = [
  {
    name: 'a ping is answered by a message',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });

wss.on('connection', (ws) => {
  ws.on('message', (msg) => {
    if (msg.toString() === 'ping') {
      ws.send('pong');
    } else if (msg.toString() === 'bye') {
      ws.send('see you');
      ws.close();
    } else {
      ws.send('unknown command: ' + msg);
    }
  });
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
const commands = ['ping', 'pong?', 'ping', 'bye'];
ws.onopen = () => ws.send(commands.shift());
ws.onmessage = ({ data }) => {
  console.log('<', data);
  if (commands.length) ws.send(commands.shift());
};
ws.onclose = ({ code, reason, wasClean }) => console.log('closed', code, JSON.stringify(reason), wasClean);
`,
      },
    ],
  },
  {
    name: 'JSON by type',
    server: `
const WebSocket = require('ws');
const wss = new WebSocket.WebSocketServer({ port: 8080 });
const todos = [];

wss.on('connection', (ws) => {
  const send = (type, payload) => ws.send(JSON.stringify({ type, payload }));
  send('init', { todos });
  ws.on('message', (raw) => {
    const { type, payload } = JSON.parse(raw);
    switch (type) {
      case 'add':
        todos.push({ id: todos.length + 1, text: payload.text, done: false });
        return send('added', todos.at(-1));
      case 'toggle': {
        const todo = todos.find((t) => t.id === payload.id);
        todo.done = !todo.done;
        return send('toggled', todo);
      }
      case 'list':
        return send('list', todos);
      default:
        send('error', { message: 'Unknown type ' + type });
    }
  });
  ws.on('close', () => console.log(todos));
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
const requests = [
  { type: 'add', payload: { text: 'Learn WebSockets' } },
  { type: 'add', payload: { text: 'Sleep' } },
  { type: 'toggle', payload: { id: 1 } },
  { type: 'remove' },
  { type: 'list' },
];
ws.addEventListener('message', (event) => {
  const message = JSON.parse(event.data);
  console.log(message);
  const next = requests.shift();
  if (next) ws.send(JSON.stringify(next));
  else ws.close();
});
`,
      },
    ],
  },
  {
    name: 'JSON errors are caught',
    server: `
import { WebSocketServer } from 'ws';
const wss = new WebSocketServer({ port: 8080 });

function handle(ws, data) {
  let message;
  try {
    message = JSON.parse(data);
  } catch (err) {
    console.error('bad message:', err.name);
    ws.send(JSON.stringify({ error: 'invalid_json' }));
    return;
  }
  if (typeof message !== 'object' || message === null) {
    ws.send(JSON.stringify({ error: 'not_an_object', got: typeof message }));
    return;
  }
  ws.send(JSON.stringify({ ok: true, keys: Object.keys(message) }));
}

wss.on('connection', (ws) => {
  ws.on('message', (data) => handle(ws, data));
});
`,
    clients: [
      {
        name: 'client',
        on: 'node',
        code: `
import WebSocket from 'ws';

const ws = new WebSocket('ws://localhost:8080');
const inputs = ['{"a":1,"b":[2]}', '{oops', '42', 'null', '"text"', '[]'];

ws.on('open', () => inputs.forEach((input) => ws.send(input)));

let answers = 0;
ws.on('message', (data) => {
  console.log(inputs[answers], '->', JSON.parse(data.toString()));
  if (++answers === inputs.length) ws.close();
});
`,
      },
    ],
  },
  {
    name: 'a server that catches nothing dies of bad JSON',
    server: `
const WebSocket = require('ws');
const wss = new WebSocket.Server({ port: 8080 });

wss.on('connection', (ws) => {
  ws.on('message', (data) => {
    const { name } = JSON.parse(data);
    ws.send('Hello ' + name.toUpperCase());
  });
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
ws.onopen = () => ws.send('{"name":"Ada"}');
ws.onmessage = (event) => {
  console.log(event.data);
  ws.send('{"nom":"Ada"}');
};
ws.onclose = (event) => console.log('the server is gone', event.code, event.wasClean);
`,
      },
    ],
  },
];
