import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { programsForYourMachine } from './copy-as-programs.ts';

let folder: string | undefined;
afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true });
});

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

test('on Node the copied server and client talk as soon as the one command is given, and it ends when both have ended', async () => {
  const port = await freePort();
  const server = `#!/usr/bin/env node
const { WebSocketServer } = require('ws');
const server = new WebSocketServer({ port: ${port} });
server.on('connection', (socket, { url }) => {
  socket.on('message', (data) => socket.send(url + ' heard ' + data));
  socket.on('close', () => server.close());
});`;
  const client = `const socket = new WebSocket('/room');
socket.onopen = () => socket.send('hello from ' + location.host);
socket.onmessage = ({ data }) => { console.log(data); socket.close(); };`;
  folder = await mkdtemp(join(tmpdir(), 'copied-programs-'));
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  for (const { name, text } of programsForYourMachine({ server, client, versions: {}, base: `http://localhost:${port}` })) {
    await writeFile(join(folder, name), text);
  }
  const { stdout } = await promisify(execFile)(process.execPath, ['start.mjs'], { cwd: folder });
  expect(stdout).toBe(`/room heard hello from localhost:${port}\n`);
});
