import { expect, test } from 'vitest';
import { moveServer } from './move-server.ts';

const server = "const { WebSocketServer } = require('ws');\nnew WebSocketServer({ port: 9000, path: '/chat' });";

test('a server that is moved leaves a client that connects to the port and path that it names', () => {
  const moved = moveServer({ client: server, server: '\n' }, undefined);
  expect(moved.server).toBe(server);
  expect(moved.client).toContain("new WebSocket('ws://localhost:9000/chat')");
  expect(moved.words).toBe('The server is in server.ts now, and client.ts has a client that talks to it. Press Run.');
});

test('a server that answers plain HTTP alone gets a client that asks by fetch', () => {
  const http = "require('http').createServer((q, s) => s.end('hi')).listen(3000);";
  expect(moveServer({ client: http, server: '' }, undefined).client).toContain("await fetch('http://localhost:3000/')");
});

test('a lesson that has a server of its own gets its own client back', () => {
  const { client, words } = moveServer({ client: server, server: '' }, "new WebSocket('/lesson');");
  expect(client).toBe("new WebSocket('/lesson');");
  expect(words).toContain("client.ts has the lesson's client again");
});

test('a client that stood in server.ts changes places with the server, and another server says how it is had back', () => {
  const client = "new WebSocket('ws://localhost:9000/chat');";
  expect(moveServer({ client: server, server: client }, undefined)).toMatchObject({ client, server });
  const { server: now, words } = moveServer({ client: server, server: server.replace('9000', '1') }, undefined);
  expect(now).toBe(server);
  expect(words).toContain('Undo in server.ts brings back what was there.');
});
