/** What only servers need to send: event streams. */
import type { TutorialProgram } from '../running/program.ts';

export const eventStreams: TutorialProgram[] = [
  {
    name: 'an EventSource with named events',
    server: `
const http = require('http');

http
  .createServer((req, res) => {
    if (req.url !== '/events') return res.writeHead(404).end();
    const last = Number(req.headers['last-event-id'] || 0);
    console.log(req.headers.accept, 'from', last);
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
    res.write('retry: 40\\n\\n');
    const send = (id, event, data) => res.write('id: ' + id + '\\nevent: ' + event + '\\ndata: ' + data + '\\n\\n');
    if (last === 0) {
      res.write(': a comment\\n\\n');
      res.write('data: no name, no id\\n\\n');
      res.write('data: two\\ndata: lines\\n\\n');
      send(1, 'price', JSON.stringify({ symbol: 'ACME', price: 12.5 }));
      setTimeout(() => res.end(), 30);
    } else {
      send(last + 1, 'price', JSON.stringify({ symbol: 'ACME', price: 13 }));
      setTimeout(() => send(last + 2, 'end', 'market closed'), 30);
    }
    req.on('close', () => console.log('gone'));
  })
  .listen(8080);
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
const source = new EventSource('http://localhost:8080/events');
const giveUp = setTimeout(() => source.close(), 2000);
console.log(source.readyState === EventSource.CONNECTING, source.url);
source.onopen = () => console.log('open', source.readyState);
source.onmessage = (event) => console.log('message', JSON.stringify(event.data), JSON.stringify(event.lastEventId));
source.onerror = () => console.log('error', source.readyState);
source.addEventListener('price', (event) => {
  const { symbol, price } = JSON.parse(event.data);
  console.log(event.type, symbol, price, event.lastEventId);
});
source.addEventListener('end', (event) => {
  console.log('end:', event.data);
  source.close();
  clearTimeout(giveUp);
  console.log(source.readyState === EventSource.CLOSED);
});
`,
      },
    ],
  },
  {
    name: 'an event stream read by fetch',
    server: `
import { createServer } from 'node:http';
createServer((req, res) => {
  res.setHeader('Content-Type', 'text/event-stream');
  const words = ['Streams', 'are', 'read', 'in', 'pieces'];
  const timer = setInterval(() => {
    const word = words.shift();
    if (word) return res.write('data: ' + JSON.stringify({ word }) + '\\n\\n');
    clearInterval(timer);
    res.end('data: [DONE]\\n\\n');
  }, 15);
}).listen(8080);
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
async function* events(url) {
  const response = await fetch(url);
  const decoder = new TextDecoder();
  let buffer = '';
  for await (const chunk of response.body) {
    buffer += decoder.decode(chunk, { stream: true });
    const blocks = buffer.split('\\n\\n');
    buffer = blocks.pop();
    for (const block of blocks) yield block.replace(/^data: /, '');
  }
}
(async () => {
  let text = '';
  for await (const data of events('http://localhost:8080/stream')) {
    if (data === '[DONE]') break;
    text += JSON.parse(data).word + ' ';
    console.log(text.trim());
  }
})();
`,
      },
    ],
  },
];
