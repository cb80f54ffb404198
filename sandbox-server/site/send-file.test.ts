import { mkdtemp, writeFile } from 'node:fs/promises';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Descriptors } from '../descriptors.ts';
import { sendFile } from './send-file.ts';

test('a client that leaves before its file is open causes no fault', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'site-')), 'page.html');
  await writeFile(file, 'a page');
  const socket = new Socket();
  const request = new IncomingMessage(socket);
  request.method = 'GET';
  const response = new ServerResponse(request);
  response.assignSocket(socket);
  const sent = sendFile(request, response, { file, path: '/page.html' }, new Descriptors());
  response.destroy();
  await expect(sent).resolves.toBe(undefined);
});
