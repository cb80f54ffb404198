/** Runs the site behind a proxy that asks for an HTTP Basic login, in a browser that has it. */
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { hashFor } from '../site/playground/share-address.ts';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { type LoginProxy, startLoginProxy } from './setup/hosts/login-proxy.ts';
import { browser, browserForFile } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

const login = { username: 'ada', password: 'sesame' };
const programs = {
  WebSocket: `const ws = new WebSocket('/echo'); ws.onopen = () => ws.send('hi'); ws.onmessage = ({ data }) => { console.log('heard ' + data); ws.close(); };`,
  fetch: `const { status } = await fetch('/poll/x'); console.log('heard ' + status);`,
  EventSource: `const source = new EventSource('/events/ticker?every=50'); source.onmessage = () => { console.log('heard a tick'); source.close(); };`,
};

browserForFile();

async function loggedIn(proxy: LoginProxy, code: string): Promise<Page> {
  const page = await browser.newPage({ httpCredentials: login });
  await openPage(page, `${proxy.origin}/playground/${hashFor(code)}`);
  return page;
}

test.each(Object.entries(programs))(
  'behind a login on every address, the console says only that the login keeps %s from the sandbox',
  async (_, code) => {
    await using proxy = await startLoginProxy(origin(), login);
    await using page = await loggedIn(proxy, code);
    const { run, console: log } = playgroundOf(page);
    await run.click();
    await log.getByText('a proxy in front of it asks for a login (401)').waitFor();
    expect(await log.innerText()).not.toContain('refused');
    expect(proxy.turnedAway.some((request) => /^GET \/s\/[\w-]+\.A1/.test(request))).toBe(true);
  },
);

test.each(Object.entries(programs))(
  'behind a login that exempts session addresses, as the console advises, %s works and its trace hides who asked',
  async (_, code) => {
    await using proxy = await startLoginProxy(origin(), login, /^\/s\//);
    await using page = await loggedIn(proxy, code);
    const trace = await runToRest(page);
    await playgroundOf(page).console.getByText('heard').waitFor();
    const told = JSON.stringify(trace);
    const hex = (text: string): string => Buffer.from(text).toString('hex');
    expect(told).toContain(hex('x-auth-user: ***'));
    expect(told).not.toContain(hex('x-auth-user: ada'));
  },
);
