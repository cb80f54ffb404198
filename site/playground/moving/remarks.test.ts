import { expect, test } from 'vitest';
import { recognisedWords } from '../../../in-page/load/recognised-words.ts';
import { sharedCode } from '../share.ts';
import { recognition } from './remarks.ts';

const server = "const { WebSocketServer } = require('ws');\nnew WebSocketServer({ port: 9000 });";
const inClient = (client: string, hasServerFile = true) => recognition({ client, hasServerFile });
const words = (kind: keyof typeof recognisedWords): string => `${recognisedWords[kind].is} ${recognisedWords[kind].instead}`;

test('a server in client.ts does not run there, and is offered to be moved to the file beside it', () => {
  const { remarks, offer } = inClient(server);
  expect(remarks).toEqual([{ level: 'note', text: words('server'), isFinal: true }]);
  expect(offer).toEqual({ hash: undefined });
});

test('where there is no file for a server, the offer opens it in the empty playground together with a client for it', () => {
  const { remarks, offer } = inClient(server, false);
  expect(remarks[0]?.text).toContain('The empty playground has a file for it');
  const shared = sharedCode(offer?.hash ?? '');
  expect(shared?.server).toBe(server);
  expect(shared?.client).toContain("new WebSocket('ws://localhost:9000')");
});

test('what cannot run at all is an error and does not run; what may partly run is told, and runs', () => {
  const told = (code: string) => inClient(code);
  expect(told('import asyncio\nimport websockets\n')).toEqual({
    remarks: [{ level: 'error', text: words('python'), isFinal: true }],
    offer: undefined,
  });
  expect(told('<!doctype html>\n<p>').remarks).toEqual([{ level: 'error', text: words('html'), isFinal: true }]);
  expect(told('npm install ws\nnode server.js').remarks).toEqual([{ level: 'error', text: words('shell'), isFinal: true }]);
  expect(told("import { io } from 'socket.io-client'; io();").remarks).toEqual([
    { level: 'note', text: words('socket.io'), isFinal: false },
  ]);
  expect(told('root.render(<Chat address={address} />);').remarks).toEqual([
    { level: 'note', text: words('jsx'), isFinal: false },
  ]);
});

test('a client is nothing to speak of, nor a server in server.ts; anything else there is told with the name of the file', () => {
  const client = "new WebSocket('ws://localhost:8080');";
  expect(recognition({ client, server, hasServerFile: true })).toEqual({ remarks: [], offer: undefined });
  expect(recognition({ client, server: 'def f(x):\n    pass\n', hasServerFile: true }).remarks).toEqual([
    { level: 'error', text: `server.ts: ${words('python')}`, isFinal: true },
  ]);
  expect(recognition({ client: undefined, hasServerFile: true })).toEqual({ remarks: [], offer: undefined });
});
