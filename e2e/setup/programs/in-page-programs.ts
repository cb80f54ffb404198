/** Servers and clients as tutorials write them, for runs in the page, and what their consoles say. */

export interface ProgramPair {
  server: string;
  client: string;
  /** Lines that the console has at rest, in any order between programs. */
  says: readonly string[];
  /** The digest of its trace, the same in every engine. */
  trace?: string;
}

const echo: ProgramPair = {
  server: `const WebSocket = require('ws');
const wss = new WebSocket.Server({ port: 8080 });

wss.on('connection', (ws) => {
  console.log('client connected');
  ws.on('message', (data) => ws.send(\`you said \${data}\`));
  ws.on('close', (code) => console.log('client left', code));
});
`,
  client: `const ws = new WebSocket('ws://localhost:8080');
ws.addEventListener('open', () => ws.send('hello'));
ws.addEventListener('message', ({ data }) => {
  console.log(data);
  ws.close(1000, 'done');
});
ws.addEventListener('close', ({ code, reason }) => console.log('closed', code, reason));
`,
  says: ['client connected', 'you said hello', 'closed 1000 done', 'client left 1000'],
  trace: 'd73f58f21f8e9c6f5e854683f00e073cd88086a479ab975a0c5c69269c2a4b34',
};

const heartbeat: ProgramPair = {
  server: `import { WebSocketServer } from 'ws';

const wss = new WebSocketServer({ port: 8080 });

wss.on('connection', (ws) => {
  ws.isAlive = true;
  ws.on('pong', () => (ws.isAlive = true));
});

const interval = setInterval(() => {
  for (const ws of wss.clients) {
    if (!ws.isAlive) return ws.terminate();
    ws.isAlive = false;
    ws.ping();
  }
}, 30000);

wss.on('close', () => clearInterval(interval));
`,
  client: `const ws = new WebSocket('ws://localhost:8080');
ws.onopen = () => console.log('open at', Math.round(performance.now()));
setTimeout(() => console.log('still open', ws.readyState === WebSocket.OPEN), 50000);
`,
  says: ['still open true'],
};

export const pairs = { echo, heartbeat };
