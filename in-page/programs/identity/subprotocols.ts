/** What both ends agree to speak. */
import type { TutorialProgram } from '../running/program.ts';

export const subprotocols: TutorialProgram[] = [
  {
    name: 'subprotocols by handleProtocols',
    server: `
const { WebSocketServer } = require('ws');
const formats = {
  'json.v2': { encode: (value) => JSON.stringify({ v: 2, value }), decode: (text) => JSON.parse(text).value },
  'csv.v1': { encode: (value) => value.join(','), decode: (text) => text.split(',') },
};
const wss = new WebSocketServer({
  port: 8080,
  handleProtocols(protocols, request) {
    console.log([...protocols].join(' | '), request.url);
    for (const protocol of protocols) if (formats[protocol]) return protocol;
    return false;
  },
});
wss.on('connection', (ws) => {
  if (!ws.protocol) return ws.close(1002, 'no common protocol');
  const { encode, decode } = formats[ws.protocol];
  ws.on('message', (data) => ws.send(encode(decode(data.toString()).reverse())));
});
`,
    clients: [
      {
        name: 'browser',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080/list', ['xml.v9', 'csv.v1', 'json.v2']);
ws.onopen = () => {
  console.log('agreed on', ws.protocol);
  ws.send('a,b,c');
};
ws.onmessage = ({ data }) => {
  console.log(data);
  ws.close();
};
ws.onclose = () => {
  const none = new WebSocket('ws://localhost:8080/list');
  none.onopen = () => console.log('agreed on nothing:', JSON.stringify(none.protocol));
  none.onclose = ({ code, reason }) => {
    console.log(code, reason);
    const unknown = new WebSocket('ws://localhost:8080/list', 'xml.v9');
    unknown.onopen = () => console.log('open?');
    unknown.onclose = ({ code, wasClean }) => console.log('not agreed', code, wasClean);
  };
};
`,
      },
      {
        name: 'node',
        on: 'node',
        after: { program: 'browser', prints: 'not agreed 1006 false' },
        code: `
const WebSocket = require('ws');
const ws = new WebSocket('ws://localhost:8080/node', 'json.v2');
ws.on('open', () => {
  console.log(ws.protocol);
  ws.send(JSON.stringify({ v: 2, value: [1, 2, 3] }));
});
ws.on('message', (data) => {
  console.log(JSON.parse(data));
  ws.close();
});
ws.on('close', () => {
  const unknown = new WebSocket('ws://localhost:8080/node', ['xml.v9']);
  unknown.on('error', (error) => console.log(error.message));
  unknown.on('close', (code) => console.log(code));
});
`,
      },
    ],
  },
];
