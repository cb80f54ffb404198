/** Tries ways out of the frame that holds readers' programs. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Frame } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { type BareHost, startBareHost } from './setup/hosts/bare-host.ts';
import { type Elsewhere, startElsewhere } from './setup/hosts/elsewhere.ts';
import { page, pageForEachTest } from './setup/pages.ts';
import { triesToGetOut, waysTried } from './setup/programs/ways-out-program.ts';

let elsewhere: Elsewhere;
let bareHost: BareHost;
beforeAll(async () => void (bareHost = await startBareHost(origin())));
afterAll(() => bareHost[Symbol.asyncDispose]());
beforeEach(async () => void (elsewhere = await startElsewhere()));
afterEach(() => elsewhere[Symbol.asyncDispose]());
// Opened last and so closed first: a page still talks to what the tests started.
pageForEachTest();

const frameAddress = /\/_astro\/runner-frame\.[\w-]+\.html$/;
const log = () => playgroundOf(page).console;

/** Runs `code` in the playground. */
async function run(code: string): Promise<void> {
  await playgroundOf(page).region.getByRole('textbox').first().focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(code);
  await playgroundOf(page).run.click();
}

/** Returns the frame's own document once it is there. */
async function frameDocument(): Promise<Frame> {
  await playgroundOf(page).run.hover();
  const find = (): Frame | undefined => page.frames().find((frame) => frameAddress.test(frame.url()));
  await expect.poll(find).toBeDefined();
  return find() as Frame;
}

describe.each([
  ['as it is served', () => origin()],
  ['on a host that sends no policy in a header', () => bareHost.origin],
])('the frame, %s', (_, host) => {
  beforeEach(() => openPage(page, `${host()}/playground/`));

  test('lets no program reach anything but the sandbox, whatever it uses: another port, another host, scripts and Workers from elsewhere', async () => {
    await run(triesToGetOut(elsewhere.port));
    await log().getByText('all tried').waitFor();
    const told = await log().innerText();
    expect(told).not.toContain('LET THROUGH');
    for (const what of waysTried) expect(told).toContain(`refused ${what}\n`);
    expect(elsewhere.heard).toEqual([]);
  });

  test('lets a program reach the sandbox by WebSocket, fetch and event stream', async () => {
    await run(`
      new WebSocket('/echo').onopen = () => console.log('by socket');
      console.log('by fetch', (await fetch('/poll/~x')).status);
      new EventSource('/events/~x').onopen = () => console.log('by stream');`);
    for (const text of ['by socket', 'by fetch 200', 'by stream']) await log().getByText(text).waitFor();
  });

  // Programs are only in its Workers; this is the next wall, should one ever get into the document.
  test('keeps its own document from reaching anything else, going elsewhere, or taking the page along', async () => {
    const frame = await frameDocument();
    const told = await frame.evaluate(async (port) => {
      const there = `http://localhost:${port}`;
      // An attacker who gets here would suppress every report of it.
      for (const name of ['securitypolicyviolation', 'error', 'unhandledrejection']) {
        addEventListener(name, (event) => event.stopImmediatePropagation(), { capture: true });
      }
      const tries: Record<string, () => unknown> = {
        fetch: () => fetch(`${there}/fetch`),
        socket: () =>
          new Promise((resolve, reject) =>
            Object.assign(new WebSocket(`ws://localhost:${port}/socket`), { onopen: resolve, onerror: reject }),
          ),
        'script that stands there': () => {
          document.head.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.ran = 1' }));
          if (!('ran' in globalThis)) throw new Error('it did not run');
        },
        'a window of its own': () => {
          if (!open(`${there}/window`)) throw new Error('there is none');
        },
        'the page': () => {
          (top as Window).location.href = `${there}/top`;
        },
        'the page, as a link': () => {
          Object.assign(document.createElement('a'), { href: `${there}/top-link`, target: '_top' }).click();
          throw new Error('nothing is told');
        },
        storage: () => localStorage.length,
        'the page itself': () => parent.document.title,
      };
      document.head.insertAdjacentHTML(
        'beforeend',
        ['prefetch', 'preload', 'modulepreload', 'stylesheet', 'icon', 'manifest']
          .map((rel) => `<link rel="${rel}" as="image" href="${there}/link-${rel}">`)
          .join(''),
      );
      const body = document.documentElement.appendChild(document.createElement('body'));
      body.insertAdjacentHTML(
        'beforeend',
        `<img src="${there}/img"><video src="${there}/video"></video><object data="${there}/object"></object><iframe src="${there}/iframe"></iframe>
         <form action="${there}/form"><button></button></form><link rel="stylesheet" href="${there}/style">`,
      );
      body.querySelector('button')?.click();
      const told: string[] = [];
      for (const [what, go] of Object.entries(tries)) {
        try {
          await go();
          told.push(`LET THROUGH ${what}`);
        } catch {
          // Refused, as it should be.
        }
      }
      return told;
    }, elsewhere.port);
    expect(told).toEqual([]);

    for (const go of [
      `location.href = '/away'`,
      `location.href = 'data:text/html,away'`,
      `location.href = URL.createObjectURL(new Blob(['away'], { type: 'text/html' }))`,
    ]) {
      await page.reload();
      const fresh = await frameDocument();
      const gone = page.waitForEvent('framenavigated', ({ parentFrame }) => parentFrame !== null).catch(() => undefined);
      await fresh.evaluate(go.replace('/away', `http://localhost:${elsewhere.port}/away`)).catch(() => undefined);
      await gone;
      for (const shown of page.frames())
        expect(
          await shown
            .locator('html')
            .innerText()
            .catch(() => ''),
        ).not.toMatch(/^away$/);
    }
    expect(new URL(page.url()).pathname).toBe('/playground/');
    expect(elsewhere.heard).toEqual([]);
  });
});

describe("the frame's document", () => {
  /** Frames it in a page of another site with these attributes; returns what it told that page until it was loaded. */
  async function shownElsewhere(attributes: string, host = origin()): Promise<unknown[]> {
    await openPage(page, `${host}/playground/`);
    const address = (await frameDocument()).url();
    const server = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!doctype html><title>x</title><script>told = []; onmessage = ({ data }) => told.push(data.type);</script>
        <iframe ${attributes} src="${address}"></iframe>`);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    server.close();
    return await page.evaluate('new Promise((resolve) => setTimeout(() => resolve(told)))');
  }

  test('does not show in a page of another site', async () => {
    expect(await shownElsewhere('')).toEqual([]);
    expect(await shownElsewhere('sandbox="allow-scripts"')).toEqual([]);
  });

  test('starts nothing outside a sandbox, even on a host that sends no headers', async () => {
    // It starts there inside a sandbox, so the check below could see it start.
    expect(await shownElsewhere('sandbox="allow-scripts"', bareHost.origin)).toEqual(['frame-ready']);
    expect(await shownElsewhere('', bareHost.origin)).toEqual([]);
  });

  test('has an opaque origin even if it is opened by itself', async () => {
    await openPage(page, `${origin()}/playground/`);
    await page.goto((await frameDocument()).url());
    expect(await page.evaluate(() => self.origin)).toBe('null');
  });
});

describe('if the frame cannot be loaded, Run says so and can be pressed again', () => {
  test.each<[what: string, answer: { status: number; body?: string } | 'none', said: RegExp]>([
    ['because the site was rebuilt', { status: 404, body: 'gone' }, /The site has been rebuilt since this page was loaded/],
    [
      'because the server is out of order',
      { status: 500, body: 'broken' },
      /cannot be loaded: the server answered 500\. Run tries again/,
    ],
    ['because something in between blocks it', 'none', /cannot be loaded: no answer came\. An extension of the browser/],
    ['because something in between empties it', { status: 200, body: '' }, /did not start\. An extension of the browser/],
  ])('%s', async (_what, answer, said) => {
    await page.route(frameAddress, (route) =>
      answer === 'none' ? route.abort() : route.fulfill({ ...answer, contentType: 'text/html' }),
    );
    await openPage(page, `${origin()}/playground/`);
    const { run: runButton, stop } = playgroundOf(page);
    await runButton.click();
    await expect.poll(() => log().innerText()).toMatch(said);
    await expect.poll(() => stop.isEnabled()).toBe(false);
    await page.unroute(frameAddress);
    await run("console.log('runs again');");
    await log().getByText('runs again').waitFor();
  });
});
