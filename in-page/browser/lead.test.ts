import { expect, test } from 'vitest';
import { leadToServer, leadToStock } from './lead.ts';

const base = 'http://localhost:8080/';

test('an address of another host leads to the reader’s server: to its port if it listens there, or else to the first', () => {
  const told: string[] = [];
  const lead = leadToServer(base, [8080, 3000], (address, led) => told.push(`${address} ${led}`));
  expect(lead('wss://chat.example.com/rooms?id=1', 'WebSocket')).toBe('ws://localhost:8080/rooms?id=1');
  expect(lead('ws://chat.example.com:3000/', 'WebSocket')).toBe('ws://localhost:3000/');
  expect(lead('https://api.example.com/poll', 'read')).toBe('http://localhost:8080/poll');
  expect(told).toHaveLength(3);
});

test('an address of this machine stays as it is, since a wrong port is refused there too, and so does what is no address', () => {
  const told: string[] = [];
  const lead = leadToServer(base, [8080], (address) => told.push(address));
  for (const address of ['ws://localhost:9000/x', 'ws://127.0.0.1:8080', 'ws://[::1]:1', '/path', 'ftp://x.example', 'http://%'])
    expect(lead(address, 'WebSocket')).toBe(address);
  expect(told).toEqual([]);
});

test('where no server listens, every address stays as it is', () => {
  expect(leadToServer(base, [], () => undefined)('ws://example.com/', 'WebSocket')).toBe('ws://example.com/');
});

test('without a server of the reader’s, an address elsewhere leads to an endpoint that stands in, by what asks', () => {
  const told: string[] = [];
  const lead = leadToStock('http://localhost:4321/', (address) => told.push(address));
  expect(lead('wss://echo.websocket.org', 'WebSocket')).toBe('ws://localhost:4321/echo');
  expect(lead('https://example.com/news', 'EventSource')).toBe('http://localhost:4321/events/news');
  expect(lead('https://example.com/news', 'read')).toBe('http://localhost:4321/poll/news');
  expect(lead('https://example.com/news', 'write')).toBe('http://localhost:4321/messages/news');
  expect(told).toHaveLength(4);
  expect(lead('/ticker?every=100', 'WebSocket')).toBe('ws://localhost:4321/ticker?every=100');
  expect(told).toHaveLength(4);
});
