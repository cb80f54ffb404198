import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { idealLink } from '../../../protocol/wire/link-conditions.ts';
import { openSession } from './session.ts';
import { NoSandboxError, SandboxError } from './sandbox-error.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Returns what opening a session at such a server throws. */
async function problemAt(answer: RequestListener): Promise<unknown> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return await openSession(origin, idealLink, { onEvents: () => {}, onLost: () => {} }).catch((problem: unknown) => problem);
}

test('a sandbox that begins an answer and never ends it counts as one that does not answer', async () => {
  const problem = await problemAt((_, response) => {
    response.writeHead(201, { 'content-type': 'application/json' });
    response.write('{');
  });
  expect(problem).toBeInstanceOf(SandboxError);
  expect(problem).not.toBeInstanceOf(NoSandboxError);
  expect((problem as Error).message).toMatch(/does not answer/);
});

test.each([
  [404, 'Not found'],
  [405, ''],
  [501, '<!DOCTYPE HTML><title>Unsupported method</title>'],
  [200, '\n<!doctype html><title>The lessons</title>'],
])('a server that answers %i %j has no sandbox', async (status, content) => {
  const problem = await problemAt((_, response) => response.writeHead(status).end(content));
  expect(problem).toBeInstanceOf(NoSandboxError);
});

test.each([401, 403, 429, 500, 502, 503])(
  'a sandbox, or a gateway before it, that answers %i with a page is not taken for a server without one',
  async (status) => {
    const problem = await problemAt((_, response) => response.writeHead(status, { 'content-type': 'text/html' }).end('Not now.'));
    expect(problem).toBeInstanceOf(SandboxError);
    expect(problem).not.toBeInstanceOf(NoSandboxError);
    expect((problem as Error).message).toBe(`The sandbox server refused a session (${status}): Not now.`);
  },
);
