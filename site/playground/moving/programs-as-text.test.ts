import { expect, test } from 'vitest';
import { packageVersions } from './package-versions.ts';
import { programsAsText } from './programs-as-text.ts';

const file = (name: string, code: string) => ({ file: name, code });
const server = "const { WebSocketServer } = require('ws');\nnew WebSocketServer({ port: 9000 });";

test('a client and a server become programs that know the port of the server and the version of ws', () => {
  const { text, names } = programsAsText(
    { client: file('client.ts', "new WebSocket('/room');"), server: file('server.ts', server) },
    'https://example.org',
  );
  expect(names).toEqual(['README.md', 'package.json', 'server.js', 'client.mjs', 'start.mjs']);
  expect(text).toContain("new WebSocket('ws://localhost:9000/room')");
  expect(text).toContain(`"ws": "${packageVersions.ws}"`);
});

test('a client alone talks to the sandbox that it came from', () => {
  const { text, names } = programsAsText(
    { client: file('client.ts', "new WebSocket('/echo');"), server: undefined },
    'https://example.org',
  );
  expect(names).toContain('client.mjs');
  expect(names).not.toContain('server.js');
  expect(text).toContain("new WebSocket('wss://example.org/echo')");
});

test('a server that still stands in client.ts is copied as the server that it is', () => {
  const { names } = programsAsText({ client: file('client.ts', server), server: undefined }, 'https://example.org');
  expect(names).toEqual(['README.md', 'package.json', 'server.js']);
});

test('a program with an error in it is not copied, and the error is told with its place', () => {
  const error = { type: 'error', kind: 'syntax', time: 0, name: 'SyntaxError', message: 'Unexpected token', line: 2 } as const;
  expect(() => programsAsText({ client: { file: 'client.ts', error }, server: undefined }, 'https://example.org')).toThrow(
    'A program with an error in it is not copied. SyntaxError: Unexpected token (client.ts, line 2)',
  );
});
