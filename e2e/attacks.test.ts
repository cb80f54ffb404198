/** Runs programs in a real browser that attack the page, or what observes them. */
import { describe, expect, test } from 'vitest';
import { hashFor } from '../site/playground/share-address.ts';
import { forging, spying, trapping } from './setup/programs/attacks.ts';
import { openPage, origin, type PlaygroundParts, playgroundOf } from './setup/browser.ts';
import { page, pageForEachTest } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

pageForEachTest();

/** Opens the empty playground with this program in it. */
async function open(code: string): Promise<PlaygroundParts> {
  await openPage(page, `${origin()}/playground/${hashFor(code)}`);
  return playgroundOf(page);
}

/** Runs the program and waits for the words on the console; returns the whole console text. */
async function runFor(code: string, words: string): Promise<string> {
  const { run, console: log } = await open(code);
  await run.click();
  await log.getByText(words).first().waitFor();
  return await log.innerText();
}

describe('a program that looks for what observes it', () => {
  test('cannot pass exercise 3.8 by reporting a connection that it never opened', async () => {
    await openPage(page, `${origin()}/3-8-closing/`);
    const exercise = playgroundOf(page, page.locator('[data-example="3-8-closing/with-a-reason"]'));
    await exercise.region.getByRole('textbox', { name: 'client.ts, editor' }).fill(forging);
    await exercise.run.click();
    await exercise.console.getByText('found no port').waitFor();
    await exercise.region.getByRole('button', { name: 'Check' }).click();
    const verdict = exercise.region.locator('.pg-verdict');
    await verdict.filter({ hasText: /^(Passed|Not yet)\./ }).waitFor();
    expect(await verdict.innerText()).toBe('Not yet. No connection was opened in this run.');
  });

  test('has only the browser’s events recorded, none that it dispatched itself', async () => {
    const parts = await open(`
      const made = new CloseEvent('close', { code: 4001, reason: 'bye', wasClean: true });
      const ws = new WebSocket('/echo');
      ws.onopen = () => {
        ws.onopen = null;
        ws.dispatchEvent(new Event('open'));
        ws.dispatchEvent(new MessageEvent('message', { data: 'F'.repeat(50) }));
        ws.dispatchEvent(made);
        ws.onmessage = ({ data }) => { console.log('heard', data); ws.close(1000, 'done'); };
        ws.send('real');
      };
      const source = new EventSource('/events/~made');
      source.onopen = () => {
        source.onopen = null;
        source.dispatchEvent(new MessageEvent('message', { data: 'made up', lastEventId: '7' }));
        source.close();
      };`);
    const { events } = await runToRest(page, parts);
    expect(await parts.console.innerText()).toContain('heard real');
    const told = (name: string): unknown[] => events.filter((event) => event.name === name && event.at === 'client');
    expect(told('connection_opened')).toHaveLength(1);
    expect(told('message_received')).toMatchObject([{ message: 0, length: 4 }]);
    expect(told('connection_closed')).toMatchObject([{ code: 1000, reason: 'done' }]);
    expect(told('event_received')).toEqual([]);
  });

  test.each([
    ['replaces every function of every global object', spying, 'functions and found 0'],
    ['puts traps on the prototypes of all objects', trapping, 'set traps and found 0'],
  ])('%s and finds no port, no native constructor and no event', async (_what, program, words) => {
    const { run, console: log } = await open(program);
    await run.click();
    await log.getByText(/and found \d+/).waitFor();
    expect(await log.innerText()).toContain(words);
  });
});

describe('endless output leaves the page alive until Stop ends it', () => {
  test.each([
    ['lines of 3,000 characters in a loop', "for (;;) console.log('x'.repeat(3000));"],
    ['long lines with pauses', "setInterval(() => { for (let i = 0; i < 1000; i++) console.log('word '.repeat(600)); });"],
    ['empty lines by the thousand', "setInterval(() => { for (let i = 0; i < 1000; i++) console.log('\\n'.repeat(3000)); });"],
    [
      'a label of 60 MB',
      "setInterval(() => { const x = 'x'.repeat(6e7); console.time(x); console.timeEnd(x); console.count(x); });",
    ],
    ['groups in groups', "for (;;) { console.group('a\\nb'.repeat(500)); }"],
    [
      'an address of 1.5 MB',
      "setInterval(() => { try { new WebSocket('ws://example.com/' + 'x'.repeat(1.5e6)); } catch {} }, 50); setInterval(console.log, 5, 'on');",
    ],
    [
      'errors of 1 MB',
      "setInterval(() => { throw new Error('y'.repeat(1e6)); }); setInterval(() => void Promise.reject('z'.repeat(1e6)));",
    ],
    ['messages to nobody', "setInterval(() => { for (let i = 0; i < 1000; i++) postMessage('x'.repeat(3000)); });"],
  ])('%s', async (_what, code) => {
    const { region, run, stop, console: log } = await open(code);
    await run.click();
    await expect.poll(() => log.innerText()).not.toContain('What the program prints');
    // The page still takes keys and shows them.
    await region.getByRole('textbox').first().focus();
    await page.keyboard.press('Home');
    await page.keyboard.type('/*alive*/');
    await expect.poll(() => region.locator('.ce').innerText()).toContain('/*alive*/');
    await stop.click();
    await log.getByText('Stopped.').waitFor();
    expect((await log.innerText()).length).toBeLessThan(120_000);
  });
});

describe('a program’s location', () => {
  test('is the sandbox’s under every name, and an address built from it leads there', async () => {
    const { console: log } = await open(`
      console.log([location.host, self.location.host, window.location.host, globalThis.location.host, new URL(location).host].join());
      console.log(location.href, String(location), location.origin, self.origin, location.protocol, location.pathname);
      console.log(new URL('/x', location.href).href);
      const ws = new WebSocket(\`ws://\${location.host}/broadcast/lobby\`);
      ws.onopen = () => { console.log('opened', new URL(ws.url).pathname.replace(/^.s.[^/]+/, '')); ws.close(); };
      setTimeout(() => {
        null.x;
      });`);
    const trace = await runToRest(page);
    const { host, href } = new URL('/', origin());
    const shown = await log.innerText();
    expect(shown).toContain([host, host, host, host, host].join());
    expect(shown).toContain(`${href} ${href} ${origin()} ${origin()} http: /`);
    expect(shown).toContain(`${href}x`);
    expect(shown).toContain('opened /broadcast/lobby');
    expect(shown).toContain('(client.ts, line 8, column 14)');
    expect(trace.connections.map(({ url }) => url)).toEqual([`ws://${host}/broadcast/lobby`]);
  });
});

describe('ways to the network that nothing observes', () => {
  test('are refused by name and send no request', async () => {
    const asked: string[] = [];
    page.context().on('request', (request) => asked.push(request.url()));
    const shown = await runFor(
      `const request = new XMLHttpRequest();
       request.onerror = () => console.log('refused request');
       request.open('GET', location.origin + '/poll/unseen');
       request.send();
       try { importScripts(location.origin + '/unseen.js'); } catch { console.log('refused script'); }
       try { new Worker(location.origin + '/unseen.js').onerror = () => {}; } catch { console.log('refused Worker'); }
       setTimeout(() => new WebSocketStream('/echo'), 100);
       setTimeout(() => navigator.sendBeacon('/messages/unseen', 'x'), 200);
       setTimeout(() => console.log('all tried'), 300);`,
      'all tried',
    );
    for (const what of ['request', 'script', 'Worker']) expect(shown).toContain(`refused ${what}`);
    for (const name of ['XMLHttpRequest', 'WebSocketStream', 'sendBeacon'])
      expect(shown).toContain(`${name} is a way to the network that the timeline could not draw, so it is refused here.`);
    expect(shown).toContain('importScripts takes only scripts made from a Blob here');
    expect(shown).toContain('A Worker cannot be made from a file here');
    expect(asked.filter((url) => url.includes('unseen'))).toEqual([]);
  });
});

describe('a Worker that a program starts', () => {
  const worker = (text: string): string => `new Worker(URL.createObjectURL(new Blob([${JSON.stringify(text)}])))`;

  test('keeps the run going until Stop ends it', async () => {
    const {
      run,
      stop,
      state,
      console: log,
    } = await open(`${worker("setInterval(() => console.log('tick'), 50)")}; console.log('module ended');`);
    await run.click();
    await log.getByText('tick').first().waitFor();
    expect(await state.innerText()).toBe('Running');
    await stop.click();
    await log.getByText('Stopped.').waitFor();
  });

  test.each([
    ['is terminated', `const w = ${worker('postMessage(1)')}; w.onmessage = () => w.terminate();`],
    ['closes itself', `${worker("console.log('in it'); close()")};`],
  ])('keeps the run going until it %s', async (_what, code) => {
    const { run, state } = await open(code);
    await run.click();
    await state.getByText('Finished').waitFor();
  });

  test('prints and fails where the program does, gets its messages, and is refused every network API by name', async () => {
    const inside = `
      onmessage = ({ data }) => {
        console.log('got', data, location.host);
        for (const make of [() => new WebSocket('/echo'), () => new EventSource('/events/x'), () => new Worker('x')])
          try { make(); console.log('let through'); } catch (thrown) { console.log(thrown.name + ': ' + thrown.message.split(' ')[0]); }
        fetch('/poll/x').catch((thrown) => { console.log(thrown.name + ': ' + thrown.message.split(' ')[0]); throw new RangeError('in the Worker'); });
        setTimeout(close, 200);
      };`;
    const { console: log } = await open(`const w = ${worker(inside)}; w.postMessage('a message');`);
    const trace = await runToRest(page);
    await log.getByText('RangeError: in the Worker').waitFor();
    const shown = await log.innerText();
    expect(shown).toContain(`got a message ${new URL(origin()).host}`);
    for (const name of ['WebSocket', 'EventSource', 'Worker', 'fetch']) expect(shown).toContain(`NotAllowedError: ${name}`);
    expect(shown).not.toContain('let through');
    expect(trace.connections).toEqual([]);
  });

  test('runs a script whose address was revoked at once, and a module', async () => {
    const { run, console: log } = await open(
      `const url = URL.createObjectURL(new Blob(['console.log("from a script"); close()']));
       new Worker(url);
       URL.revokeObjectURL(url);
       const module = new Worker(URL.createObjectURL(new Blob(['await 1; onmessage = ({ data }) => { console.log("from a module", data, typeof this); close(); }'])), { type: 'module' });
       module.postMessage('kept');`,
    );
    await run.click();
    // Either may be first.
    for (const words of ['from a module kept undefined', 'from a script']) await log.getByText(words).waitFor();
  });
});

test('a program that ends its Worker with close() counts as finished, not as busy', async () => {
  const { run, state, console: log } = await open("console.log('last words'); close(); for (;;) {}");
  await run.click();
  await log.getByText('last words').waitFor();
  await state.getByText('Finished').waitFor();
});
