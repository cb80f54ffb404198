import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeViolations, coloursOnly } from './setup/axe.ts';
import { launchBrowser } from './setup/browser.ts';
import { coldLoad, readToTheEnd } from './setup/cold-load.ts';
import { desktop, widthNeeded } from './setup/visit.ts';

/** Pages with one fault each, which the checks of the site's pages must see. */
const faulty: Record<string, string> = {
  '/still': '<p>Nothing moves.</p>',
  '/jumps': `<p>One</p><p>Two</p><script>
    const frame = () => new Promise(requestAnimationFrame);
    frame().then(frame).then(frame).then(() => document.body.prepend(Object.assign(document.createElement('div'), { style: 'height: 300px' })));
  </script>`,
  // Adds a script after the page has loaded, which then fetches a file.
  '/heavy':
    '<script>addEventListener("load", () => document.body.append(Object.assign(document.createElement("script"), { src: "/first.js" })))</script>',
  '/first.js': 'setTimeout(() => fetch("/second.txt"), 20);',
  // 38,400 characters that compress to half.
  '/second.txt': Array.from({ length: 600 }, (_, i) => createHash('sha256').update(`${i}`).digest('hex')).join(''),
  '/complains':
    '<img src="/no-such-picture.png"><script>console.warn("beware"); setTimeout(() => { throw new Error("on purpose"); });</script>',
  '/forbids': '<img alt="" src="/second.txt"><audio src="/second.txt"></audio>',
  '/nameless': '<main><h1>Pictures</h1><img src="data:,"><p style="color: #aaa">pale</p></main>',
  '/wide': '<div style="width: 1500px">wide</div>',
  '/lazy': '<div style="height: 5000px"></div><img loading="lazy" src="/second.txt">',
};

const policies: Record<string, string> = {
  '/forbids': '<meta http-equiv="Content-Security-Policy" content="img-src data:; media-src data:">',
};

let browser: Browser;
let server: Server;
let origin = '';
beforeAll(async () => {
  server = createServer(({ url = '/' }, response) => {
    const body = faulty[url];
    const type = url.includes('.js') ? 'text/javascript' : url.includes('.txt') ? 'text/plain' : 'text/html';
    response.writeHead(body ? 200 : 404, { 'Content-Type': type });
    const head = `<!doctype html><html lang="en"><title>x</title><link rel="icon" href="data:,">${policies[url] ?? ''}`;
    response.end(type === 'text/html' ? `${head}<body>${body ?? ''}` : body);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  server.close();
});

test('finds no fault on a page that has none', async () => {
  await coldLoad(browser, `${origin}/still`, desktop, async ({ page, shifts, weight, complaints }) => {
    expect(await shifts()).toEqual([]);
    expect(complaints).toEqual([]);
    expect((await weight()).detail).toHaveLength(1);
    expect(await widthNeeded(page)).toEqual({ inAll: 1440, there: 1440 });
  });
});

test('sees a jump in the third animation frame, and what moved', async () => {
  await coldLoad(browser, `${origin}/jumps`, desktop, async ({ shifts }) => {
    expect((await shifts()).join()).toContain('<p>One</p>');
  });
});

test('weighs what a fetched script fetches in turn, by its size after brotli', async () => {
  await coldLoad(browser, `${origin}/heavy`, desktop, async ({ weight, settled, page }) => {
    await page.waitForFunction(() => performance.getEntriesByName(`${location.origin}/second.txt`).length > 0);
    await settled();
    const { total, script, detail } = await weight();
    expect(detail.map((line) => line.split('/').at(-1))).toEqual(['second.txt', 'heavy', 'first.js']);
    expect(total).toBeGreaterThan(18_000);
    expect(total).toBeLessThan(25_000);
    expect(script).toBeLessThan(100);
  });
});

test('counts a thrown error, a warning and a missing file as complaints', async () => {
  await coldLoad(browser, `${origin}/complains`, desktop, async ({ complaints }) => {
    expect(complaints.sort()).toEqual([
      'Error: on purpose',
      expect.stringMatching(/complains: beware$/),
      expect.stringContaining('status of 404'),
    ]);
  });
});

test('counts what a policy forbids as a complaint', async () => {
  await coldLoad(browser, `${origin}/forbids`, desktop, async ({ complaints }) => {
    expect(complaints.join('\n')).toContain('img-src forbids');
    expect(complaints.join('\n')).toContain('media-src forbids');
  });
});

test('reports each axe violation with its place, by all rules or by those on colours', async () => {
  await coldLoad(browser, `${origin}/nameless`, desktop, async ({ page }) => {
    const all = await axeViolations(page);
    expect(all.map(({ id }) => id).sort()).toEqual(['color-contrast', 'image-alt']);
    expect(all.find(({ id }) => id === 'image-alt')?.at).toEqual([['<img src="data:,">', expect.stringContaining('alt')]]);
    expect((await axeViolations(page, coloursOnly)).map(({ id }) => id)).toEqual(['color-contrast']);
  });
});

test('sees a sideways scroll', async () => {
  await coldLoad(browser, `${origin}/wide`, desktop, async ({ page }) => {
    const { inAll, there } = await widthNeeded(page);
    expect([inAll > there, there]).toEqual([true, 1440]);
  });
});

test('loads what comes only further down by reading to the end', async () => {
  await coldLoad(browser, `${origin}/lazy`, desktop, async ({ page, settled, weight }) => {
    expect((await weight()).detail).toHaveLength(1);
    await readToTheEnd(page);
    await settled();
    expect((await weight()).detail).toHaveLength(2);
  });
});
