/** Injects faults into what the server sends: every engine reports them on the console and ends the run. */
import { expect, test } from 'vitest';
import { frameDocument, inFrame, inWorker, withCode } from '../setup/altered-frame.ts';
import type { Alter } from './setup/altering-proxy.ts';
import { describeEachEngine } from './setup/each-engine.ts';
import { eventually } from './setup/eventually.ts';
import { EnginePlayground, openPage } from './setup/playground.ts';

const thrown = 'put in by the test';
/** WebKit hides errors from a frame with an origin of its own. */
const keptBack = 'the program was not run: an error that this browser does not describe.';
const fault = `throw new Error("${thrown}");`;

/** Changes only answers from addresses that match. */
const only =
  (address: RegExp, change: (text: string) => string | undefined): Alter =>
  (path, _type, text) =>
    address.test(path) ? change(text) : text;

describeEachEngine('a fault of ours', (using) => {
  const exercise = '[data-example="3-8-closing/with-a-reason"]';
  const withAltered = async (change: Alter, use: (playground: EnginePlayground) => Promise<void>): Promise<void> => {
    using.proxy.alter(change);
    try {
      await using.page(async (page) => {
        // Leave the page first: the engine may keep what it fetched before.
        await page.open('about:blank');
        await openPage(page, `${using.origin}/3-8-closing/`);
        await use(new EnginePlayground(page, exercise));
      });
    } finally {
      using.proxy.alter((_path, _type, text) => text);
    }
  };
  const heard = async (playground: EnginePlayground, words: string): Promise<void> => {
    await playground.hear(words);
    await eventually('end of the run', async () => ((await playground.state()) === '' ? true : undefined));
  };

  test.each([
    ['in the frame’s set-up', inFrame + fault, 'The part of this page that runs programs did not start.'],
    ['in the frame, later', `${inFrame}setTimeout(()=>{${fault}});`, using.engine === 'webkit' ? keptBack : thrown],
    ['in the Worker’s set-up', inWorker + fault, thrown],
  ])('%s ends the run and is reported on the console', async (_what, code, words) => {
    await withAltered(
      only(frameDocument, (html) => withCode(html, code)),
      async (playground) => {
        await playground.press('Run');
        await heard(playground, words);
      },
    );
  });

  test('in a check gives no verdict and is reported on the console', async () => {
    const spoil = (text: string): string => text.replace(/export\{\w+ as default\}/, `export default ()=>{${fault}}`);
    await withAltered(only(/\/check\.[^/]*\.js$/, spoil), async (playground) => {
      await playground.press('Check');
      await playground.hear('The check itself failed');
    });
  });

  test('in a lazily loaded part ends the run and is reported on the console', async () => {
    await withAltered(
      only(/\/lazy-run\.[^/]*\.js$/, () => undefined),
      async (playground) => {
        await playground.press('Run');
        await heard(playground, 'The part that runs programs did not load');
        expect((await playground.lines()).join('\n')).toContain('reload the page');
      },
    );
  });
});
