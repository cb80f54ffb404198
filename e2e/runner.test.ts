import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, test } from 'vitest';
import { origin, playgroundOf } from './setup/browser.ts';
import { page, pageForEachTest } from './setup/pages.ts';

pageForEachTest();
beforeEach(async () => {
  await page.goto(`${origin()}/playground/`);
});

/** Replaces what is in the editor with `code`, as a reader does. */
async function writeCode(code: string): Promise<void> {
  await playgroundOf(page).region.getByRole('textbox').first().focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(code);
}

/** Runs `code` in the playground and waits for a console line that contains `expected`; returns the console's text. */
async function runFor(code: string, expected: string): Promise<string> {
  const { run, console: log } = playgroundOf(page);
  await writeCode(code);
  await run.click();
  await log.getByText(expected).first().waitFor();
  return await log.innerText();
}

/** Lists what a program can see of WebSocket. Runs natively in the page, and as a reader's program. */
async function probeWebSocket(): Promise<string[]> {
  const seen: string[] = [];
  const see = (what: string, look: () => unknown): void => {
    try {
      seen.push(`${what}: ${String(look())}`);
    } catch (thrown) {
      const { name, message, constructor } = thrown as Error;
      seen.push(`${what} throws ${constructor.name} ${name}: ${message}`);
    }
  };
  const construct = (...args: unknown[]): WebSocket => Reflect.construct(WebSocket, args) as WebSocket;
  const { prototype } = WebSocket;
  see('name', () => WebSocket.name);
  see('length', () => WebSocket.length);
  see('statics', () => Reflect.ownKeys(WebSocket).map(String).sort());
  see('members', () => Reflect.ownKeys(prototype).map(String).sort());
  see('send', () => `${prototype.send.name} ${prototype.send.length} ${prototype.close.name} ${prototype.close.length}`);
  see('enumerable', () => JSON.stringify(Object.getOwnPropertyDescriptor(prototype, 'send')));
  see('constants', () => [WebSocket.CONNECTING, WebSocket.OPEN, prototype.CLOSING, prototype.CLOSED]);
  see('constructor', () => prototype.constructor === WebSocket);
  see('without new', () => (WebSocket as unknown as () => void)());
  see('no address', () => construct());
  see('symbol', () => construct(Symbol('s')));
  see('scheme', () => construct('ftp://example.com'));
  see('no host', () => construct('ws://'));
  see('fragment', () => construct('ws://example.com/#part'));
  see('protocol', () => construct('/echo', 'a b'));
  see('twice', () => construct('/echo', ['x', 'x']));
  see('send elsewhere', () => prototype.send.call({} as WebSocket, 'x'));

  const ws = new WebSocket(new URL('ws://example.com/echo').pathname);
  see('instance', () => [ws instanceof WebSocket, ws instanceof EventTarget, ws.constructor === WebSocket, String(ws)]);
  see('own keys', () => Reflect.ownKeys(ws).map(String));
  see('state', () => [ws.readyState, ws.binaryType, ws.bufferedAmount, ws.protocol, ws.extensions]);
  see('send while connecting', () => ws.send('x'));
  see('send nothing', () => (ws.send as () => void)());
  class Own extends WebSocket {
    get mine(): string {
      return 'mine';
    }
  }
  const own = new Own('/echo');
  see('subclass', () => [own.mine, own instanceof Own, own instanceof WebSocket, own.constructor === Own]);

  const next = async (name: string): Promise<Event> =>
    await new Promise((resolve) => ws.addEventListener(name, resolve, { once: true }));
  const open = await next('open');
  see('open', () => [String(open), open.isTrusted, open.target === ws, ws.readyState]);
  ws.send('text');
  const { data: text, isTrusted } = (await next('message')) as MessageEvent<unknown>;
  see('message', () => [text, isTrusted]);
  ws.send(new Uint8Array([1, 2, 3]));
  const { data: blob } = (await next('message')) as MessageEvent<unknown>;
  see('binary', () => [String(blob), (blob as Blob).size]);
  ws.binaryType = 'arraybuffer';
  ws.send(new Blob(['abc']));
  const { data: buffer } = (await next('message')) as MessageEvent<unknown>;
  see('as a buffer', () => [String(buffer), (buffer as ArrayBuffer).byteLength]);
  see('close 1001', () => ws.close(1001));
  see('long reason', () => ws.close(1000, 'x'.repeat(124)));
  ws.close(3001, 'enough');
  see('closing', () => [ws.readyState, ws.send('unheard'), ws.bufferedAmount > 0]);
  const close = (await next('close')) as CloseEvent;
  see('closed', () => [String(close), close.code, close.reason, close.wasClean, ws.readyState, ws.send('unheard'), ws.close()]);
  own.close();
  return seen;
}

describe("the reader's WebSocket", () => {
  test('matches the native one in names, prototype, constants, errors and events', async () => {
    const native = await page.evaluate(probeWebSocket);
    const shown = await runFor(
      `const probe = ${probeWebSocket.toString()};\nfor (const line of await probe()) console.log('=' + line);\nconsole.log('end of probe');`,
      'end of probe',
    );
    const lines = shown.split('\n').flatMap((line) => (line.includes('=') ? [line.slice(line.indexOf('=') + 1)] : []));
    expect(lines).toEqual(native);
  });

  test('leads any host to the sandbox, and says so once', async () => {
    const shown = await runFor(
      `for (const n of [1, 2]) new WebSocket('ws://example.com/socket').onopen = () => console.log('open', n);`,
      'open 2',
    );
    expect(shown.match(/ws:\/\/example\.com\/socket was opened as \/echo of the sandbox/g)).toHaveLength(1);
  });
});

test('the console follows the newest line, however fast lines come', async () => {
  const { console: log } = playgroundOf(page);
  const belowSight = (): Promise<number> =>
    log.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
  await runFor(
    'let n = 0; const t = setInterval(() => { console.log(`line ${++n}`); if (n === 250) clearInterval(t); }, 4);',
    'line 250',
  );
  expect(await belowSight()).toBeLessThan(8);
});

describe('a program that fails', () => {
  test.each([
    ['syntax that no parser takes', 'let x = 1;\nlet y = ;', /SyntaxError: .*line 2, column 9/],
    ['syntax that only the browser refuses', 'let x = 1;\nlet x = 2;', /SyntaxError: .*x.*line 2/],
    ['an error thrown at the start', "\n  throw new TypeError('boom');", /TypeError: boom \(client\.ts, line 2, column 9\)/],
    ['an error thrown later', 'setTimeout(() => {\n  null.x;\n});', /TypeError: .*line 2/],
    ['a rejected promise', "void Promise.reject(new Error('nope'));", /A promise was rejected.*Error: nope.*line 1/],
    ['an invalid address', "new WebSocket('ftp://x');", /SyntaxError: Failed to construct 'WebSocket'.*line 1/],
    ['an invalid address for fetch', "await fetch('http://');", /TypeError: .*Failed to parse URL from http/],
  ])('says what and where: %s', async (_what, code, message) => {
    const { run, console: log } = playgroundOf(page);
    await writeCode(code);
    await run.click();
    await expect.poll(() => log.innerText()).toMatch(message);
  });
});

test('a program reaches nothing but the sandbox, whatever it uses', async () => {
  const heard: string[] = [];
  const elsewhere = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }).end('export {};');
  }).listen(0);
  const { port } = elsewhere.address() as AddressInfo;
  const shown = await runFor(
    `const elsewhere = 'http://localhost:${port}';
     const request = new XMLHttpRequest();
     request.onerror = () => console.log('refused request');
     request.onload = () => console.log('let request through');
     request.open('GET', elsewhere + '/request');
     request.send();
     await import(elsewhere + '/import.js').catch(() => console.log('refused import'));
     try { importScripts(elsewhere + '/script.js'); } catch { console.log('refused script'); }
     setTimeout(() => console.log('all tried'), 300);`,
    'all tried',
  );
  elsewhere.close();
  for (const what of ['request', 'import', 'script']) expect(shown).toContain(`refused ${what}`);
  expect(heard).toEqual([]);
});

// `npm run bench` measures the page's longest gap and how soon Stop works.
describe('an endless loop', () => {
  test.each([
    ['that does nothing', 'for (;;) {}'],
    ['that prints', "for (;;) console.log('again');"],
    ['that sends', "const ws = new WebSocket('/echo');\nws.onopen = () => { for (;;) ws.send('again'); };"],
  ])('%s is reported, leaves the page alive, and ends with Stop', async (_what, code) => {
    const { region, run, stop, console: log } = playgroundOf(page);
    await writeCode(code);
    await run.click();
    await log.getByText('has been busy for 2 s').waitFor();
    // The page still takes keys and shows them.
    await region.getByRole('textbox').first().focus();
    await page.keyboard.type('//alive');
    await expect.poll(() => region.locator('.ce').innerText()).toContain('//alive');
    await stop.click();
    await log.getByText('Stopped.').waitFor();
    await runFor("console.log('runs again');", 'runs again');
  });
});
