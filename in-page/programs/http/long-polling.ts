/** What came before WebSocket: a request that waits for its answer. */
import type { TutorialClient, TutorialProgram } from '../running/program.ts';

const longPollingServer = `
const http = require('http');
const waiting = [];
const messages = [];

function answer(res, since) {
  res.writeHead(200, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify({ next: messages.length, messages: messages.slice(since) }));
}

http
  .createServer((req, res) => {
    const url = new URL(req.url, 'http://localhost:8080');
    if (url.pathname === '/poll') {
      const since = Number(url.searchParams.get('since'));
      if (messages.length > since) return answer(res, since);
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(entry), 1);
        res.statusCode = 204;
        res.end();
      }, 100);
      const entry = { res, since, timer };
      waiting.push(entry);
    } else if (url.pathname === '/send' && req.method === 'POST') {
      let body = '';
      req.on('data', (chunk) => (body += chunk));
      req.on('end', () => {
        messages.push(body);
        res.writeHead(202).end();
        for (const { res, since, timer } of waiting.splice(0)) {
          clearTimeout(timer);
          answer(res, since);
        }
      });
    } else {
      res.writeHead(404).end();
    }
  })
  .listen(8080);
`;

/** Returns a client that sends a message once the poller has printed a line. */
const xhrSender = (message: string, name: string, prints: string): TutorialClient => ({
  name,
  on: 'browser',
  after: { program: 'poller', prints },
  code: `
const xhr = new XMLHttpRequest();
xhr.onloadstart = ({ loaded }) => console.log('loadstart', loaded);
xhr.onload = () => console.log('load', xhr.status, xhr.statusText);
xhr.onerror = () => console.log('error');
xhr.onloadend = () => console.log('loadend');
xhr.open('POST', 'http://localhost:8080/send', true);
xhr.send('${message}');
`,
});

export const longPolling: TutorialProgram[] = [
  {
    name: 'long polling by fetch',
    server: longPollingServer,
    clients: [
      {
        name: 'poller',
        on: 'browser',
        code: `
async function subscribe() {
  let since = 0;
  let isTold = false;
  for (;;) {
    const response = await fetch('http://localhost:8080/poll?since=' + since);
    if (response.status === 204) {
      if (!isTold) console.log('nothing yet');
      isTold = true;
      continue;
    }
    const { next, messages } = await response.json();
    since = next;
    for (const message of messages) console.log('message:', message);
    if (messages.includes('end')) return;
    if (messages.includes('first')) console.log('had the first');
  }
}
subscribe().then(() => console.log('done'));
`,
      },
      {
        name: 'sender',
        on: 'browser',
        after: { program: 'poller', prints: 'nothing yet' },
        code: `
const send = (body) => fetch('http://localhost:8080/send', { method: 'POST', body });
send('first').then((response) => console.log(response.status));
`,
      },
      {
        name: 'closer',
        on: 'browser',
        after: { program: 'poller', prints: 'had the first' },
        code: `
const send = (body) => fetch('http://localhost:8080/send', { method: 'POST', body });
(async () => {
  const elsewhere = await fetch('http://localhost:8080/elsewhere');
  console.log(elsewhere.status, elsewhere.ok);
  await send('end');
  console.log('sent');
})();
`,
      },
    ],
  },
  {
    name: 'long polling by XMLHttpRequest',
    server: longPollingServer,
    clients: [
      {
        name: 'poller',
        on: 'browser',
        code: `
let since = 0;
function poll() {
  const xhr = new XMLHttpRequest();
  xhr.open('GET', 'http://localhost:8080/poll?since=' + since);
  xhr.onreadystatechange = () => {
    console.log('readyState', xhr.readyState, xhr.status);
    if (xhr.readyState !== XMLHttpRequest.DONE) return;
    if (xhr.status === 204) {
      console.log('nothing yet', JSON.stringify(xhr.responseText));
      return poll();
    }
    const { next, messages } = JSON.parse(xhr.responseText);
    since = next;
    console.log(xhr.getResponseHeader('Content-Type'), messages.join());
    if (!messages.includes('last')) poll();
  };
  xhr.send();
}
poll();
`,
      },
      xhrSender('first', 'sender', 'nothing yet ""'),
      xhrSender('last', 'closer', 'application/json first'),
    ],
    byHand: {
      why: 'Node has no XMLHttpRequest. By XHR §3.5.6 a body that is null leads from HEADERS_RECEIVED to DONE, another by LOADING.',
      transcript: {
        server: [],
        poller: [
          'readyState 2 204',
          'readyState 4 204',
          'nothing yet ""',
          'readyState 2 200',
          'readyState 3 200',
          'readyState 4 200',
          'application/json first',
          'readyState 2 200',
          'readyState 3 200',
          'readyState 4 200',
          'application/json last',
        ],
        sender: ['loadstart 0', 'load 202 Accepted', 'loadend'],
        closer: ['loadstart 0', 'load 202 Accepted', 'loadend'],
      },
    },
  },
];
