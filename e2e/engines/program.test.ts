/** Checks in every engine how programs fail, loop and stop, and that they stay within the sandbox. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { describeEachEngine } from './setup/each-engine.ts';
import { eventually } from './setup/eventually.ts';
import { EnginePlayground, openPage } from './setup/playground.ts';

describeEachEngine('a program', (using) => {
  /** Opens the empty playground with a program in it. */
  const inPlayground = async <Result>(program: string, use: (playground: EnginePlayground) => Promise<Result>): Promise<Result> =>
    await using.page(async (page) => {
      await openPage(page, `${using.origin}/playground/`);
      const playground = new EnginePlayground(page);
      await playground.write(program);
      return await use(playground);
    });

  test.each([
    ['syntax that no parser takes', 'let x = 1;\nlet y = ;', /SyntaxError: .*line 2/],
    ['syntax that only the browser refuses', 'let x = 1;\nlet x = 2;', /SyntaxError: .*line 2/],
    ['an error thrown at the start', "\n  throw new TypeError('boom');", /TypeError: boom \(client\.ts, line 2/],
    ['an error thrown later', 'setTimeout(() => {\n  null.x;\n});', /TypeError: .*line 2/],
    ['a rejected promise', "void Promise.reject(new Error('nope'));", /A promise was rejected.*Error: nope.*line 1/],
    ['an invalid address', "new WebSocket('ftp://x');", /SyntaxError: .*line 1/],
  ])('that fails says what and where: %s', async (_what, program, message) => {
    await inPlayground(program, (playground) => playground.runFor(message));
  });

  test.each([
    ['that does nothing', 'for (;;) {}'],
    ['that prints', "for (;;) console.log('again');"],
    ['that sends', "const ws = new WebSocket('/echo');\nws.onopen = () => { for (;;) ws.send('again'); };"],
    ['that connects', "for (;;) new WebSocket('/echo');"],
    ['that asks for events', "for (;;) new EventSource('/events');"],
    ['that posts to everybody', "const all = new BroadcastChannel('all');\nfor (;;) all.postMessage('again');"],
  ])('with an endless loop %s is reported, ends with Stop, and leaves the page working', async (_what, program) => {
    await inPlayground(program, async (playground) => {
      await playground.runFor('has been busy for 2 s');
      await playground.press('Stop');
      await playground.hear('Stopped.');
      await playground.write("console.log('runs again');");
      await playground.runFor('runs again');
    });
  });

  test('that waits ends with Stop, and prints nothing more', async () => {
    await inPlayground("let n = 0; setInterval(() => console.log('tick', ++n), 50);", async (playground) => {
      await playground.runFor('tick 3');
      await playground.press('Stop');
      const lines = await playground.hear('Stopped.');
      expect(lines.at(-1)).toContain('Stopped.');
      await eventually('rest', async () => ((await playground.state()) === '' ? true : undefined));
      expect(await playground.lines()).toEqual(lines);
    });
  });

  test('reaches nothing but the sandbox, whatever it uses', async () => {
    const heard: string[] = [];
    const elsewhere = createServer((request, response) => {
      heard.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }).end('export {};');
    }).listen(0);
    await once(elsewhere, 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    const lines = await inPlayground(
      `const elsewhere = 'http://localhost:${port}';
       await import(elsewhere + '/import.js').catch(() => console.log('refused import'));
       try { importScripts(elsewhere + '/script.js'); } catch { console.log('refused script'); }
       try { new Worker(elsewhere + '/worker.js').onerror = () => console.log('refused worker'); } catch { console.log('refused worker'); }
       setTimeout(() => console.log('all tried'), 300);`,
      (playground) => playground.runFor('all tried'),
    );
    elsewhere.close();
    for (const what of ['import', 'script']) expect(lines.join('\n')).toContain(`refused ${what}`);
    expect(heard).toEqual([]);
  });
});
