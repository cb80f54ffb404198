import { describe, expect, test } from 'vitest';
import { serverAddress } from './server-address.ts';

describe('the port of a server is found however it is written', () => {
  test.each([
    ['new WebSocketServer({ port: 9001 });', 9001],
    ['const wss = new WebSocket.Server({ clientTracking: true, port: process.env.PORT || 3000 })', 3000],
    ["new WebSocketServer({ port: Number(process.env['PORT'] ?? '4000'), backlog: 511 });", 4000],
    ['const port = process.env.PORT || 5000;\nnew WebSocketServer({ port });', 5000],
    ['const host = "a", PORT = 3001\nconst wss = new WebSocketServer({ port: PORT });', 3001],
    ['const PORT: number = 3002;\nserver.listen(PORT, () => console.log(`on ${PORT}`));', 3002],
    ['server.listen({ port: 3003, backlog: 511 });', 3003],
    ["app.listen(process.env.PORT || 3004, '0.0.0.0', () => setTimeout(f, 1000));", 3004],
    ['const config = { port: 3005, retries: 3 };\nserver.listen(config.port);', 3005],
    ['const wss = new WebSocketServer({ server });\nserver.listen(3006);', 3006],
    ['const PORT = process.env.PORT\nconst most = 10;\nserver.listen(PORT);', 8080],
    ['// port: 1\nnew WebSocketServer({ noServer: true });', 8080],
    ["log('port: 2'); server.listen(0);", 8080],
    ['server.listen(70000);', 8080],
    ['', 8080],
  ])('%s', (code, port) => expect(serverAddress(code).port).toBe(port));
});

test('a path of the server is part of its address, a path of anything else is not', () => {
  expect(serverAddress("new WebSocketServer({ port: 1, path: '/chat' })").path).toBe('/chat');
  expect(serverAddress("new WebSocket.Server({ port: 1 }); res.cookie('a', 'b', { path: '/admin' })").path).toBe('/');
  expect(serverAddress('new WebSocketServer({ path: `/${room}`, port: 1 })').path).toBe('/');
  expect(serverAddress("http.createServer(f).listen(80, { path: '/no' })").path).toBe('/');
});

test('a server that answers plain HTTP alone is told apart from those that speak WebSocket', () => {
  const speaks = (code: string): boolean => serverAddress(code).hasWebSocket;
  expect(speaks("require('http').createServer(f).listen(1)")).toBe(false);
  expect(speaks("import express from 'express'; express().listen(1)")).toBe(false);
  expect(speaks("const http = require('http'), ws = require('ws'); new ws.Server({ server })")).toBe(true);
  expect(speaks("import { createServer } from 'node:http'; createServer().on('upgrade', f)")).toBe(true);
  expect(speaks("const app = require('express')(); require('express-ws')(app); app.ws('/', f)")).toBe(true);
  expect(speaks("require('net').createServer(f).listen(1)")).toBe(true);
  expect(speaks('const wss = new WebSocketServer({ port: 1 })')).toBe(true);
});
