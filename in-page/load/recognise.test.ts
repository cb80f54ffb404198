// Longer than most files: each sample is a program as tutorials write it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recognise, type Recognised } from './recognise.ts';
import { recognisedWords } from './recognised-words.ts';

const samples: Record<string, { is: Recognised; codes: Record<string, string> }> = {
  servers: {
    is: 'server',
    codes: {
      'ws by require': `const WebSocket = require('ws');
const wss = new WebSocket.Server({ port: 8080 });
wss.on('connection', function connection(ws) {
  ws.on('message', (message) => console.log('received: %s', message));
  ws.send('something');
});`,
      'ws by import': `import { WebSocketServer } from 'ws';
const server = new WebSocketServer({ port: 8080 });
server.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));`,
      'ws under another name': `const { Server: SocketServer, OPEN } = require("ws")
const sockets = new SocketServer({ port: process.env.PORT || 3000 })`,
      'the class in one go': "const Server = require('ws').Server, wss = new Server({ port: 8080 })",
      'the default import': `import WebSocket, { WebSocketServer as Hub } from "ws";
const hub = new Hub({ noServer: true });`,
      'both ends in one file': `const WebSocket = require('ws');
const wss = new WebSocket.WebSocketServer({ port: 8080 }, () => {
  const client = new WebSocket('ws://localhost:8080');
  client.on('open', () => client.send('hi'));
});`,
      'in TypeScript': `import { WebSocketServer, type WebSocket } from 'ws';
interface Client extends WebSocket { isAlive: boolean }
const clients: Map<string, Client> = new Map<string, Client>();
const wss: WebSocketServer = new WebSocketServer({ port: 8080 });`,
      'a part without its import': "const wss = new WebSocketServer({ port: 8080 });\nwss.on('connection', handle);",
      'http with ws': `#!/usr/bin/env node
const http = require('node:http'), ws = require('ws');
const server = http.createServer((req, res) => { res.end(\`<html><body>hi</body></html>\`); });
const wss = new ws.Server({ server });
server.listen(8080);`,
      'http alone': `import { createServer } from 'http';
createServer((request, response) => { response.end('ok'); }).listen(3000);`,
      'a handshake by hand': `const net = require('net');
net.createServer((socket) => { socket.once('data', (head) => answer(socket, head)); }).listen(9000);`,
      express: `const express = require('express');
const app = express();
app.use(express.static('public'));
app.get('/', (req, res) => res.sendFile(__dirname + '/index.html'));
const server = app.listen(3000, () => console.log('http://localhost:3000'));`,
      fastify: `import Fastify from 'fastify';
const app = Fastify();
app.get('/', { websocket: true }, (socket) => socket.on('message', () => socket.send('hi')));
await app.listen({ port: 3000 });`,
    },
  },
  'servers of Bun': {
    is: 'bun-server',
    codes: {
      plain: `Bun.serve({
  fetch(req, server) { if (server.upgrade(req)) return; return new Response('no'); },
  websocket: { message(ws, message) { ws.send(message); } },
});`,
      typed: 'const server = Bun.serve<{ name: string }>({ port: 3000, fetch, websocket });',
    },
  },
  'servers of Deno': {
    is: 'deno-server',
    codes: {
      plain: `Deno.serve((req) => {
  const { socket, response } = Deno.upgradeWebSocket(req);
  socket.onmessage = (e) => socket.send(e.data);
  return response;
});`,
      older: `import { serve } from "https://deno.land/std@0.140.0/http/server.ts";\nserve(handler, { port: 8000 });`,
    },
  },
  'programs with Socket.IO': {
    is: 'socket.io',
    codes: {
      server: `const app = require('express')();
const http = require('http').createServer(app);
const io = require('socket.io')(http);
io.on('connection', (socket) => socket.on('chat message', (msg) => io.emit('chat message', msg)));`,
      client: `import { io } from 'socket.io-client';\nconst socket = io('http://localhost:3000');`,
      'with the page script': `const socket = io();
socket.on('chat message', (msg) => console.log(msg));
socket.emit('chat message', 'hello');`,
      'from a network of mirrors': `import { io } from 'https://cdn.socket.io/4.7.5/socket.io.esm.min.js'; io();`,
    },
  },
  pages: {
    is: 'html',
    codes: {
      whole: `<!DOCTYPE html>
<html>
<head><title>It's a chat</title></head>
<body><script>const socket = new WebSocket('ws://localhost:8080');</script></body>
</html>`,
      'with a name above': `// index.html\n<!doctype html>\n<html lang="en"><body></body></html>`,
      'a script alone': `  <script type="module">\n  new WebSocket('ws://localhost');\n</script>`,
      'a part': `<input id="message"><button onclick="send()">Send</button>\n<script>function send() { ws.send(1); }</script>`,
      'with a comment': `<!-- The page -->\n<div id="log"></div>`,
      'with elements only': `<ul id="messages">\n  <li>one</li>\n</ul>`,
    },
  },
  components: {
    is: 'jsx',
    codes: {
      React: `import { useEffect, useState } from 'react';
export default function Chat() {
  const [messages, setMessages] = useState([]);
  useEffect(() => {
    const socket = new WebSocket('ws://localhost:8080');
    socket.onmessage = (event) => setMessages((all) => [...all, event.data]);
    return () => socket.close();
  }, []);
  return <ul>{messages.map((message) => <li key={message}>It's {message}</li>)}</ul>;
}`,
      'one that closes itself': `root.render(<Chat address={address} onOpen={() => 1 > 0} />);`,
      'a fragment': 'const it = (\n  <>\n    text\n  </>\n);',
      'a member': 'const it = show && <Socket.Provider value={socket}>{children}</Socket.Provider>;',
    },
  },
  'programs with a namespace': {
    is: 'typescript-namespace',
    codes: {
      plain: 'namespace Chat {\n  export const port = 8080;\n}\nnew WebSocket(`ws://localhost:${Chat.port}`);',
      exported: 'export namespace A.B { export function f() {} }',
    },
  },
  'programs in Python': {
    is: 'python',
    codes: {
      asyncio: `import asyncio
import websockets

# It's an echo
async def echo(websocket):
    async for message in websocket:
        await websocket.send(message)

asyncio.run(main())`,
      'with a docstring': `"""Don't forget to install websockets."""\nfrom websockets.sync.client import connect\n`,
      'a function alone': 'def on_message(ws, message):\n    print(message)\n',
    },
  },
  'programs in Go': {
    is: 'go',
    codes: { gorilla: 'package main\n\nimport (\n\t"log"\n\t"github.com/gorilla/websocket"\n)\n\nfunc main() {\n}\n' },
  },
  'programs in Rust': {
    is: 'rust',
    codes: { tokio: 'use tokio_tungstenite::connect_async;\n\n#[tokio::main]\nasync fn main() { let it: &\'static str = "a"; }' },
  },
  'programs in Java': {
    is: 'java',
    codes: { endpoint: 'import javax.websocket.*;\n\n@ServerEndpoint("/echo")\npublic class Echo { }' },
  },
  'programs in PHP': { is: 'php', codes: { ratchet: "<?php\nuse Ratchet\\MessageComponentInterface;\n$it = 'a';" } },
  'programs in C#': { is: 'csharp', codes: { client: 'using System.Net.WebSockets;\nvar ws = new ClientWebSocket();' } },
  'programs in Ruby': { is: 'ruby', codes: { faye: "require 'faye/websocket'\nws.on :open do |event|\n  ws.send('hi')\nend" } },
  'programs in C': { is: 'c', codes: { libwebsockets: '#include <libwebsockets.h>\nint main(void) { return 0; }' } },
  'commands for a terminal': {
    is: 'shell',
    codes: {
      npm: 'npm install ws\nnode server.js',
      prompt: '$ npx wscat -c ws://localhost:8080',
      script: '#!/usr/bin/env bash\nnode a.js',
    },
  },
  'all other programs': {
    is: 'client',
    codes: {
      nothing: '',
      plain: `const socket = new WebSocket('wss://example.com/socket');
socket.addEventListener('open', () => { socket.send('Hello Server!'); });
socket.addEventListener('message', (event) => { console.log('Message from server ', event.data); });`,
      'what a comment says': `// Start the server first: const wss = new WebSocketServer({ port: 8080 });
/* const express = require('express'); app.listen(3000);
import asyncio
<!doctype html> */
const socket = new WebSocket('ws://localhost:8080');`,
      'what a string says': `const socket = new WebSocket('ws://localhost:8080');
socket.send("const wss = new WebSocketServer({ port: 8080 })");
socket.send("Bun.serve({})"); socket.send('Deno.serve(f)'); socket.send("require('socket.io')");
socket.send(\`<!doctype html>
<html><body></body></html>
package main
import asyncio
def f(x):
namespace A {
\`);`,
      'markup in strings': `document.body.innerHTML = '<ul></ul>';
socket.onmessage = ({ data }) => { list.innerHTML += \`<li>\${data}</li>\`; };
const tag = /<\\/li>/;`,
      comparisons: `for (let i = 0; i <count; i++) if (i <most && a /b> 2) socket.send(i);
const less = (a, b) => a <b ? a : b; return_(a <b, c> d);`,
      'generics of TypeScript': `const first = <T,>(all: T[]): T | undefined => all[0];
const second = <Kind extends string>(all: Kind[]): Kind => all[1] as Kind;
const socket = <WebSocket>window.socket, list: Array<Map<string, number>> = new Array<Map<string, number>>();
const done = new Promise<void>((resolve) => socket.onclose = () => resolve());
declare namespace Types { type A = 1; }
enum State { Open, Closed }`,
      'a client of ws for Node': `import WebSocket from 'ws';
const ws = new WebSocket('ws://www.host.com/path', { perMessageDeflate: false });
ws.on('error', console.error);
ws.on('open', function open() { ws.send('something'); });
ws.on('message', (data) => console.log('received: %s', data));`,
      'names like those of servers': `class Server { listen() {} }
const server = new Server(), express = { listen(port) {} }, app = express;
app.listen(3000); server.listen(); function createServer() {} createServer(); const bun = { serve() {} }; bun.serve({});
const wss = new WebSocket('wss://localhost');`,
      'a class of the same name': `class WebSocketServer { constructor(url) { this.url = url; } }
const it = new WebSocketServer('ws://localhost');`,
      'a mock': `import { Server } from 'mock-socket';\nconst mock = new Server('ws://localhost:8080');`,
      'an emitter named io': `const io = (url) => new Emitter(new WebSocket(url));
const socket = io('ws://localhost'); socket.on('a', f); socket.emit('b');`,
      'words of other languages': `const def = (x) => x, namespace = 'a', use = 1, fn = () => { };
const from = def, package_ = { import: 1 };
fn (); namespace
{ }
import json
  from './data.json' with { type: 'json' };
class A { #include = 1; }`,
      'regular expressions': `const isServer = /new WebSocketServer\\(|require\\('ws'\\)|<html>/.test(text);
const quotes = text.split(/['"\`]/); socket.send(quotes.length / 2);`,
      fetch: `const response = await fetch('/messages');
for await (const piece of response.body) console.log(piece);
const events = new EventSource('/events'); events.onmessage = (e) => console.log(e.data);`,
      heartbeat: `let timer;
function connect() {
  const ws = new WebSocket(\`ws://\${location.host}/ws\`);
  ws.onopen = () => { timer = setInterval(() => ws.send(JSON.stringify({ type: 'ping' })), 30_000); };
  ws.onclose = () => { clearInterval(timer); setTimeout(connect, 1000); };
}
connect();`,
      'half a program': "const socket = new WebSocket('ws://localhost:8080\nsocket.onopen = () => {",
      'binary data': `socket.binaryType = 'arraybuffer';
const bytes = new Uint8Array([1, 2, 3]); if (bytes.length <4) socket.send(bytes.buffer);
const view = new DataView(bytes.buffer); console.log(view.getUint8(0) / 2, bytes.length >> 1);`,
      'a chat on a page': `const form = document.querySelector('form');
form.onsubmit = (event) => { event.preventDefault(); socket.send(form.message.value); };
socket.emit = (type, data) => socket.send(JSON.stringify({ type, data }));`,
    },
  },
};

describe.each(Object.entries(samples))('%s are recognised', (_, { is, codes }) => {
  test.each(Object.entries(codes))('%s', (_name, code) => expect(recognise(code)).toBe(is));
});

test('what is no client is explained, with words for what to do instead', () => {
  const others = Object.values(samples).filter(({ is }) => is !== 'client');
  for (const { is } of others) {
    const { is: what, instead } = recognisedWords[is as keyof typeof recognisedWords];
    expect(what).toMatch(/^This|^These/);
    expect(instead).toMatch(/\.$/);
  }
  expect(Object.keys(recognisedWords).sort()).toEqual(others.map(({ is }) => is).sort());
});

test('no text is too odd to be judged: whatever is put into a string or a comment leaves a client what it is', () => {
  const piece = fc.constantFrom(
    'new WebSocketServer(',
    "require('ws')",
    '<html>',
    '<a/>',
    'def f():',
    '#!',
    '${',
    '{',
    ')',
    '/[',
    '\\\\',
    '\n',
    "'",
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join(' ');
      expect(Object.keys({ ...recognisedWords, client: 0 })).toContain(recognise(text));
      expect(recognise(`socket.send(${JSON.stringify(text)}); /* ${text} */ new WebSocket('ws://localhost');`)).toBe('client');
    }),
  );
});
