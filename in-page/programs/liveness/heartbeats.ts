/** Finding out that the other end is gone, or only silent. */
import type { TutorialProgram } from '../running/program.ts';

export const heartbeats: TutorialProgram[] = [
  {
    name: 'the isAlive heartbeat drops a client that answers no ping',
    server: `
import { WebSocketServer } from 'ws';

function heartbeat() {
  this.isAlive = true;
}

const wss = new WebSocketServer({ port: 8080 });

wss.on('connection', function connection(ws, req) {
  ws.isAlive = true;
  ws.name = req.url.slice(1);
  ws.on('error', console.error);
  ws.on('pong', heartbeat);
  ws.on('close', (code) => console.log(ws.name, 'closed', code));
});

const interval = setInterval(function ping() {
  wss.clients.forEach(function each(ws) {
    if (ws.isAlive === false) {
      console.log('terminating', ws.name);
      return ws.terminate();
    }
    ws.isAlive = false;
    ws.ping();
  });
}, 60);

wss.on('close', function close() {
  clearInterval(interval);
});
`,
    clients: [
      {
        name: 'deaf',
        on: 'node',
        code: `
import WebSocket from 'ws';
const ws = new WebSocket('ws://localhost:8080/deaf', { autoPong: false });
ws.on('open', () => console.log('open'));
ws.once('ping', () => console.log('heard a ping and said nothing'));
ws.on('close', (code) => console.log('close', code));
`,
      },
      {
        name: 'healthy',
        on: 'browser',
        after: { program: 'deaf', prints: 'close 1006' },
        code: `
const ws = new WebSocket('ws://localhost:8080/healthy');
ws.onopen = () => setTimeout(() => ws.close(1000), 280);
ws.onclose = ({ code, wasClean }) => console.log('close', code, wasClean);
`,
      },
    ],
  },
  {
    name: 'a client of Node gives up a server that stops pinging',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });
wss.on('connection', (ws) => {
  let pings = 0;
  const timer = setInterval(() => {
    ws.ping('beat ' + ++pings);
    if (pings === 3) clearInterval(timer);
  }, 30);
  ws.on('pong', (data) => console.log('pong', data.toString()));
  ws.on('close', (code) => console.log('lost the client', code));
});
`,
    clients: [
      {
        name: 'client',
        on: 'node',
        code: `
const WebSocket = require('ws');

function heartbeat(data) {
  clearTimeout(this.pingTimeout);
  if (data) console.log(data.toString());
  this.pingTimeout = setTimeout(() => {
    console.log('no ping for too long');
    this.terminate();
  }, 200);
}

const client = new WebSocket('ws://localhost:8080/');
client.on('error', console.error);
client.on('open', () => heartbeat.call(client));
client.on('ping', heartbeat);
client.on('close', function clear(code) {
  clearTimeout(this.pingTimeout);
  console.log('closed', code);
});
`,
      },
    ],
  },
  {
    name: 'presence: online, away after a silence, offline',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });
const presence = new Map();
const watchers = new Set();

function set(user, status) {
  if (presence.get(user) === status) return;
  presence.set(user, status);
  console.log(user, status);
  for (const watcher of watchers) watcher.send(user + ' is ' + status);
}

wss.on('connection', (ws, req) => {
  const user = req.url.split('/').pop();
  if (req.url.startsWith('/watch')) {
    watchers.add(ws);
    ws.on('close', () => watchers.delete(ws));
    return ws.send('watching');
  }
  let timeout;
  const active = () => {
    clearTimeout(timeout);
    set(user, 'online');
    timeout = setTimeout(() => set(user, 'away'), 80);
  };
  active();
  ws.on('message', active);
  ws.on('close', () => {
    clearTimeout(timeout);
    set(user, 'offline');
  });
});
`,
    clients: [
      {
        name: 'watcher',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080/watch');
ws.onmessage = ({ data }) => {
  console.log(data);
  if (data.endsWith('offline')) ws.close();
};
`,
      },
      {
        name: 'kim',
        on: 'browser',
        after: { program: 'watcher', prints: 'watching' },
        code: `
const ws = new WebSocket('ws://localhost:8080/users/kim');
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
ws.onopen = async () => {
  await wait(300);
  ws.send('heartbeat');
  await wait(300);
  ws.send('heartbeat');
  ws.close();
  console.log('went home');
};
`,
      },
    ],
  },
  {
    name: 'a heartbeat in messages, with a pong timeout at the client',
    server: `
const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8080 });
wss.on('connection', (ws) => {
  let answered = 0;
  ws.on('message', (raw) => {
    const message = JSON.parse(raw);
    if (message.type !== 'ping') return;
    if (answered === 2) return console.log('frozen');
    answered++;
    ws.send(JSON.stringify({ type: 'pong', n: message.n }));
  });
  ws.on('close', (code, reason) => console.log(code, reason.toString()));
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
class Heartbeat {
  constructor(ws, { every, timeout }) {
    this.ws = ws;
    this.n = 0;
    this.every = every;
    this.timeout = timeout;
    this.beat();
  }
  beat() {
    this.ws.send(JSON.stringify({ type: 'ping', n: ++this.n }));
    this.timer = setTimeout(() => {
      console.log('no pong for ping', this.n);
      this.ws.close(4000, 'heartbeat timeout');
    }, this.timeout);
  }
  pong({ n }) {
    console.log('pong', n);
    clearTimeout(this.timer);
    setTimeout(() => this.beat(), this.every);
  }
}
const ws = new WebSocket('ws://localhost:8080');
let heart;
ws.onopen = () => (heart = new Heartbeat(ws, { every: 20, timeout: 200 }));
ws.onmessage = (event) => {
  const message = JSON.parse(event.data);
  if (message.type === 'pong') heart.pong(message);
};
ws.onclose = (event) => console.log('closed', event.code, event.reason, event.wasClean);
`,
      },
    ],
  },
];
