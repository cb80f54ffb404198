/** Checks what a page of another site can do with the sandbox, in a real browser. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PollAnswer } from '../sandbox-server/endpoints/channels/poll.ts';
import type { SessionAnswer } from '../protocol/messages/tap-messages.ts';
import { origin } from './setup/browser.ts';
import { browserForFile, newPage } from './setup/pages.ts';

const html = '<!doctype html><title>A page of somebody else</title>';
let elsewhere: Server;
let folder: string;

beforeAll(async () => {
  elsewhere = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(html)).listen(0, 'localhost');
  await once(elsewhere, 'listening');
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  await writeFile(join(folder, 'index.html'), html);
});

afterAll(async () => {
  elsewhere.close();
  await rm(folder, { recursive: true });
});
// A foreign name that leads to this machine, as in DNS rebinding.
browserForFile(['--host-resolver-rules=MAP evil.example localhost']);

/** Makes every attempt from the page; returns a status or `unreadable`, `open` or `refused` for each. */
async function attempts(page: Page, session: SessionAnswer): Promise<Record<string, string>> {
  return await page.evaluate(
    async ([at, tap, inSession]) => {
      const asked = (path: string, method = 'GET'): Promise<string> =>
        fetch(at + path, { method, ...(method === 'POST' && { body: 'from elsewhere' }) }).then(
          ({ status }) => String(status),
          () => 'unreadable',
        );
      const opened = (target: WebSocket | EventSource): Promise<string> =>
        new Promise((resolve) => {
          target.onopen = () => resolve('open');
          target.onerror = () => resolve('refused');
        }).then((how) => (target.close(), how as string));
      const socket = (path: string): Promise<string> => opened(new WebSocket(at.replace('http', 'ws') + path));
      const stream = (path: string): Promise<string> => opened(new EventSource(at + path));
      return {
        session: await asked('/sessions', 'POST'),
        metrics: await asked('/metrics'),
        message: await asked('/messages/of-others', 'POST'),
        poll: await asked('/poll/of-others'),
        room: await socket('/broadcast/of-others'),
        tap: await socket(tap),
        'in a session': await socket(`${inSession}/broadcast/of-others`),
        events: await stream('/events/of-others'),
        echo: await socket('/echo'),
        ticker: await socket('/ticker'),
        'ticks by HTTP': await stream('/events/ticker'),
      };
    },
    [origin(), session.tap, `/s/${session.session}`] as const,
  );
}

const keptOut = {
  session: 'unreadable',
  metrics: 'unreadable',
  message: 'unreadable',
  poll: 'unreadable',
  room: 'refused',
  events: 'refused',
};
const letIn = { echo: 'open', ticker: 'open', 'ticks by HTTP': 'open' };

async function startSession(): Promise<SessionAnswer> {
  return (await (await fetch(`${origin()}/sessions`, { method: 'POST' })).json()) as SessionAnswer;
}

test('a page on another port opens no session, tap or room, posts nothing, reads no figures; echo and ticks work', async () => {
  const page = await newPage();
  await page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`);
  expect(await attempts(page, await startSession())).toEqual({ ...keptOut, tap: 'refused', 'in a session': 'refused', ...letIn });
  const { messages } = (await (await fetch(`${origin()}/poll/of-others?after=0`)).json()) as PollAnswer;
  expect(messages).toEqual([]);
});

test('a local file may use echo and ticks, and a session whose name it knows', async () => {
  const page = await newPage();
  await page.goto(pathToFileURL(join(folder, 'index.html')).href);
  expect(await attempts(page, await startSession())).toEqual({ ...keptOut, tap: 'open', 'in a session': 'open', ...letIn });
});

test('a foreign name that leads to this machine is answered with a sentence that says what to do', async () => {
  const page = await newPage();
  const { port } = new URL(origin());
  const answer = await page.goto(`http://evil.example:${port}/playground/`);
  expect(answer?.status()).toBe(403);
  expect(await page.innerText('body')).toContain(`This server is not known as "evil.example:${port}".`);
  expect(await page.innerText('body')).toContain('--allow-host evil.example');
});
