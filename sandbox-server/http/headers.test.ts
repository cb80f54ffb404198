/** Tests, for every kind of answer, the header fields that decide what a browser lets it do. */
import { once } from 'node:events';
import { mkdir, mkdtemp, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox } from '../sandbox.ts';
import { startServer } from '../testing/client.ts';

type Fields = Readonly<Record<string, string | undefined>>;

const policyOfPage = "default-src 'none'; script-src 'self' 'sha256-abc='; frame-src 'self'";
const policyOfFrame = "default-src 'none'; script-src 'sha256-def=' blob:; connect-src http: https: ws: wss:; base-uri 'none'";
const documentWith = (policy: string): string =>
  `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>x</title>`;

const files: Readonly<Record<string, string>> = {
  'index.html': documentWith(policyOfPage),
  'lesson/index.html': documentWith(policyOfPage),
  'trace/embed/index.html': documentWith(policyOfPage),
  'trace/lesson/run.json': '{}',
  '404.html': documentWith(policyOfPage),
  'plain.html': '<!doctype html><title>says nothing of itself</title>',
  '_astro/runner-frame.a-b_C1.html': documentWith(policyOfFrame),
  '_astro/page.abc.js': 'code',
  '_astro/page.abc.js.br': 'pressed',
  '_astro/page.abc.css': 'a{}',
  '_astro/font.abc.woff2': 'font',
  'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'social/lesson.png': 'picture',
  'picture.png': 'picture',
  'pagefind/pagefind.js': 'code',
  'pagefind/pagefind-worker.js': 'code',
  'pagefind/wasm.en.pagefind': 'code',
  'robots.txt': 'text',
};

let running: Awaited<ReturnType<typeof startServer>>;
let site: string;
let host: string;

beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), 'site-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(site, name)), { recursive: true });
    await writeFile(join(site, name), text);
  }
  running = await startServer({ site, maxMessageBytes: 100, sessionsPerSecond: 1, sessionBurst: 1, maxConnections: 1 });
  host = `127.0.0.1:${running.port}`;
});
afterAll(() => running[Symbol.asyncDispose]());

/** The fields checked in every answer. One that is not named for a kind of answer must be absent. */
const looked = [
  'content-security-policy',
  'x-content-type-options',
  'referrer-policy',
  'permissions-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'origin-agent-cluster',
  'cache-control',
];

const permissions = expect.stringMatching(/^accelerometer=\(\), .*camera=\(\), .*geolocation=\(\), .*usb=\(\)/) as string;
const always = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' };
const again = { 'cache-control': 'no-cache' };
const forEver = { 'cache-control': 'public, max-age=31536000, immutable' };
const never = { 'cache-control': 'no-store' };

const page: Fields = {
  ...always,
  'content-security-policy': `${policyOfPage}, frame-ancestors 'self'`,
  'permissions-policy': permissions,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
};
const embed: Fields = {
  ...page,
  'content-security-policy': `${policyOfPage}, frame-ancestors *`,
  'cross-origin-resource-policy': 'cross-origin',
};
const plainPage: Fields = {
  ...page,
  'content-security-policy': "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none', frame-ancestors 'self'",
};
const frame = (): Fields => ({
  ...always,
  'content-security-policy': `default-src 'none'; script-src 'sha256-def=' blob:; connect-src 'self' http://${host} ws://${host}; base-uri 'none'; sandbox allow-scripts; frame-ancestors 'self'`,
  'permissions-policy': permissions,
  'cross-origin-resource-policy': 'same-origin',
});
const sandboxPage: Fields = {
  ...page,
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none', frame-ancestors 'self'",
};
const script: Fields = {
  ...always,
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
};
/** No opener policy: with one, a document in a sandbox is not shown at all. */
const inert: Fields = {
  ...always,
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
};
const picture: Fields = {
  ...inert,
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
};
const socialPicture: Fields = { ...picture, 'cross-origin-resource-policy': 'cross-origin' };
/**
 * What programs of lessons get. It is short because lessons count and show every byte of its head; JSON, text and event streams
 * are harmless as long as a browser may not take them for something else.
 */
const lean: Fields = { 'x-content-type-options': 'nosniff', ...never };

/** Browsers heed an opener policy and an origin's own agent cluster only on trustworthy origins, and complain elsewhere. */
const untrustworthyPage: Fields = {
  ...page,
  'cross-origin-opener-policy': undefined,
  'origin-agent-cluster': undefined,
};

interface Question {
  path: string;
  method?: string;
  headers?: Readonly<Record<string, string>>;
  /** False for a browser that asks by http on another machine. */
  trusts?: boolean;
  body?: string;
  port?: number;
}

/** Sends exactly this request and returns only the head of the answer, because some answers never end. */
async function headOf(question: Question): Promise<{ status: number; fields: Fields }> {
  const { path, method = 'GET', headers = {}, body = '', trusts = true, port = running.port } = question;
  const asked = request({
    port,
    host: '127.0.0.1',
    path,
    method,
    headers: { ...(trusts && { 'sec-fetch-mode': 'navigate' }), ...headers },
    agent: false,
  });
  asked.end(body);
  const [answer] = (await Promise.race([once(asked, 'response'), once(asked, 'upgrade')])) as [IncomingMessage];
  asked.on('error', () => undefined).destroy();
  const entries = looked.flatMap((name) => (name in answer.headers ? [[name, String(answer.headers[name])]] : []));
  return { status: answer.statusCode ?? 0, fields: Object.fromEntries(entries) as Fields };
}

const html = { accept: 'text/html,*/*;q=0.8' };
const json = { accept: 'application/json' };
const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const since = { 'if-modified-since': 'Sat, 21 Nov 2093 04:00:00 GMT' };

test.each<[what: string, question: Question, status: number, expected: () => Fields]>([
  ['the home page', { path: '/' }, 200, () => ({ ...page, ...again })],
  ['a page', { path: '/lesson/' }, 200, () => ({ ...page, ...again })],
  ['the head of a page', { path: '/lesson/', method: 'HEAD' }, 200, () => ({ ...page, ...again })],
  ['a page that is still the same', { path: '/lesson/', headers: since }, 304, () => ({ ...page, ...again })],
  ['a page by http from another machine', { path: '/', trusts: false }, 200, () => ({ ...untrustworthyPage, ...again })],
  ['a part of a page', { path: '/lesson/', headers: { range: 'bytes=0-9' } }, 206, () => ({ ...page, ...again })],
  ['a page without a policy of its own', { path: '/plain.html' }, 200, () => ({ ...plainPage, ...again })],
  ['the embedded trace', { path: '/trace/embed/?src=/trace/lesson/run.json' }, 200, () => ({ ...embed, ...again })],
  ['the embedded trace by its folder', { path: '/trace/embed' }, 200, () => ({ ...embed, ...again })],
  ['the frame of programs', { path: '/_astro/runner-frame.a-b_C1.html' }, 200, () => ({ ...frame(), ...forEver })],
  ['a script', { path: '/_astro/page.abc.js' }, 200, () => ({ ...script, ...forEver })],
  [
    'a compressed script',
    { path: '/_astro/page.abc.js', headers: { 'accept-encoding': 'br' } },
    200,
    () => ({ ...script, ...forEver }),
  ],
  ['a style sheet', { path: '/_astro/page.abc.css' }, 200, () => ({ ...inert, ...forEver })],
  ['a font', { path: '/_astro/font.abc.woff2' }, 200, () => ({ ...inert, ...forEver })],
  ['a picture', { path: '/picture.png' }, 200, () => ({ ...picture, ...again })],
  ['the icon', { path: '/favicon.svg' }, 200, () => ({ ...picture, ...again })],
  ['a picture for links from elsewhere', { path: '/social/lesson.png' }, 200, () => ({ ...socialPicture, ...again })],
  ['the script of search', { path: '/pagefind/pagefind.js' }, 200, () => ({ ...script, ...again })],
  ["the script of search's Worker", { path: '/pagefind/pagefind-worker.js' }, 200, () => ({ ...script, ...again })],
  ["search's index", { path: '/pagefind/wasm.en.pagefind' }, 200, () => ({ ...inert, ...again })],
  ['a recorded trace', { path: '/trace/lesson/run.json' }, 200, () => ({ ...inert, ...again })],
  ['a part of a file', { path: '/robots.txt', headers: { range: 'bytes=0-0' } }, 206, () => ({ ...inert, ...again })],
  ['a file that is still the same', { path: '/robots.txt', headers: since }, 304, () => ({ ...inert, ...again })],
  ['a range that a file lacks', { path: '/robots.txt', headers: { range: 'bytes=9-' } }, 416, () => ({ ...inert, ...never })],
  ['a missing page, for a browser', { path: '/gone/', headers: html }, 404, () => ({ ...page, ...never })],
  ['a missing page, for a program', { path: '/gone/' }, 404, () => ({ ...inert, ...never })],
  ['a missing page, for a program that takes JSON', { path: '/gone/', headers: json }, 404, () => ({ ...inert, ...never })],
  ['a script that is gone', { path: '/_astro/gone.js' }, 404, () => ({ ...inert, ...never })],
  ['a method that no file takes', { path: '/lesson/', method: 'DELETE' }, 404, () => ({ ...inert, ...never })],
  ['/sandbox for a browser', { path: '/sandbox', headers: html }, 200, () => ({ ...sandboxPage, ...never })],
  ['/sandbox for a program', { path: '/sandbox' }, 200, () => ({ ...inert, ...never })],
  ['/metrics', { path: '/metrics' }, 200, () => ({ ...inert, ...never })],
  ['/healthz', { path: '/healthz' }, 200, () => ({ ...inert, ...never })],
  ['/readyz', { path: '/readyz' }, 200, () => ({ ...inert, ...never })],
  ['a session', { path: '/sessions', method: 'POST' }, 201, () => ({ ...inert, ...never })],
  ['one session too many', { path: '/sessions', method: 'POST' }, 429, () => ({ ...inert, ...never })],
  ['a wrong parameter', { path: '/echo?latency=x' }, 400, () => ({ ...inert, ...never })],
  ['a wrong method', { path: '/sessions' }, 405, () => ({ ...inert, ...never })],
  ['a WebSocket address without an upgrade', { path: '/echo', headers: html }, 426, () => ({ ...inert, ...never })],
  ['a message', { path: '/messages/x', method: 'POST', body: 'hello' }, 201, () => lean],
  ['a message that is too long', { path: '/messages/x', method: 'POST', body: 'x'.repeat(101) }, 413, () => lean],
  ['a preflight', { path: '/messages/x', method: 'OPTIONS' }, 204, () => lean],
  ['a preflight of something that is no exchange', { path: '/sandbox', method: 'OPTIONS' }, 204, () => lean],
  ['a poll', { path: '/poll/x' }, 200, () => lean],
  ['a long poll that is answered', { path: '/long-poll/x?after=0' }, 200, () => lean],
  ['a long poll that times out', { path: '/long-poll/y?timeout=100' }, 204, () => lean],
  ['a stream of events', { path: '/events/x' }, 200, () => ({ ...lean, 'cache-control': 'no-store, no-transform' })],
  ['an upgrade', { path: '/echo', headers: upgrade }, 101, () => ({})],
  ['an upgrade that is refused', { path: '/nowhere', headers: upgrade }, 404, () => lean],
])('%s', async (_what, question, status, expected) => {
  expect(await headOf(question)).toEqual({ status, fields: expected() });
});

test('a refusal while the server closes down is as inert as the rest', async () => {
  const sandbox = createSandbox();
  const server = createServer((request, response) => void sandbox.request(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await sandbox.close();
  const { port } = server.address() as AddressInfo;
  expect(await headOf({ path: '/readyz', port })).toEqual({ status: 503, fields: { ...inert, ...never } });
  server.close();
});

test("a page's policy is that of the current page, even after a new build", async () => {
  const policy = async (): Promise<string | undefined> => (await headOf({ path: '/lesson/' })).fields['content-security-policy'];
  expect(await policy()).toBe(`${policyOfPage}, frame-ancestors 'self'`);
  const file = join(site, 'lesson', 'index.html');
  await writeFile(file, documentWith(policyOfPage.replace('abc', 'xyz')));
  // Set the time: the length is the same, and both files may have been written in the same millisecond.
  await utimes(file, new Date(), new Date(Date.now() + 1000));
  expect(await policy()).toBe(`${policyOfPage.replace('abc', 'xyz')}, frame-ancestors 'self'`);
});
