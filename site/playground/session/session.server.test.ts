import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { idealLink } from '../../../protocol/wire/link-conditions.ts';
import { openSession } from './session.ts';
import { SandboxError } from './sandbox-error.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

test('a sandbox that begins an answer and never ends it counts as one that does not answer', async () => {
  server = createServer((_, response) => {
    response.writeHead(201, { 'content-type': 'application/json' });
    response.write('{');
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const opening = openSession(origin, idealLink, { onEvents: () => {}, onLost: () => {} });
  await expect(opening).rejects.toThrow(SandboxError);
  await expect(opening).rejects.toThrow(/does not answer/);
});
