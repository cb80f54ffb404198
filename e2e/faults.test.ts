/**
 * Faults of ours, put by the test into what the server sends: into the frame's set-up, the Worker's, a check, and what is loaded when it is
 * wanted. Each is told on the console, with what to do, and the run that it spoils has ended.
 */
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { frameDocument, inFrame, inWorker, withCode } from './setup/altered-frame.ts';
import { launchBrowser, openPage, origin, type PlaygroundParts, playgroundOf } from './setup/browser.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());
beforeEach(async () => void (page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })));
afterEach(async () => {
  // What is still on its way to the page is of no test any more.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.close();
});

const thrown = 'put in by the test';
const fault = `throw new Error("${thrown}");`;
/** Has scripts whose address matches come changed. Throws in the test where nothing in one of them was changed. */
async function change(address: RegExp, what: RegExp, into: string): Promise<void> {
  await page.route(address, async (route) => {
    const body = await (await route.fetch()).text();
    const changed = body.replace(what, into);
    if (changed === body) return route.abort();
    await route.fulfill({ contentType: 'text/javascript', body: changed });
  });
}

/** Puts code at the beginning of the script that the frame and its Workers run. */
async function putIntoFrame(code: string): Promise<void> {
  await page.route(frameDocument, async (route) => {
    const body = withCode(await (await route.fetch()).text(), code);
    await route.fulfill({ headers: { 'content-type': 'text/html; charset=utf-8' }, body });
  });
}

async function missing(address: RegExp): Promise<void> {
  await page.route(address, (route) => route.fulfill({ status: 404, body: 'Not found' }));
}

const lesson = '/3-8-closing/';
async function openLesson(): Promise<PlaygroundParts> {
  await openPage(page, origin() + lesson);
  return playgroundOf(page, page.locator('[data-example="3-8-closing/with-a-reason"]'));
}

/** Waits for the words on the console of a playground. */
async function expectOnConsole({ console: log }: PlaygroundParts, ...words: string[]): Promise<void> {
  await log
    .getByText(words[0] ?? '')
    .first()
    .waitFor();
  for (const one of words) expect(await log.innerText()).toContain(one);
}

/** The same of a playground whose run the fault has ended. */
async function expectFault(parts: PlaygroundParts, ...words: string[]): Promise<void> {
  await expectOnConsole(parts, ...words);
  expect(await parts.state.innerText()).toBe('');
}

describe('a fault in what a run takes ends it, and is told on the console', () => {
  const runnerFailed = ['The runner of this page failed', 'Press Run again; where that does not help, reload the page.'];
  const frameFailed = ['The part of this page that runs programs did not start.'];
  test.each<[what: string, put: string, words: string[]]>([
    ['of the frame’s script, as it is read', inFrame + fault, frameFailed],
    ['of the frame, later', `${inFrame}setTimeout(()=>{${fault}});`, [...runnerFailed, thrown]],
    ['of the frame, in a promise', `${inFrame}void Promise.reject(new Error("${thrown}"));`, [...runnerFailed, thrown]],
    ['of the Worker’s script, as it is read', inWorker + fault, [...runnerFailed, thrown]],
    ['of the Worker’s set-up', `${inWorker}delete globalThis.WebSocket;`, [...runnerFailed, 'TypeError']],
    ['that is silence: the frame says nothing', 'return;', frameFailed],
  ])('%s', async (_what, put, words) => {
    await putIntoFrame(put);
    const parts = await openLesson();
    await parts.run.click();
    await expectFault(parts, ...words);
  });

  test('the script that runs programs is not there any more, as after a new build', async () => {
    await missing(/lazy-run\.[^/]*\.js$/);
    const parts = await openLesson();
    await parts.run.click();
    await expectFault(parts, 'What runs programs did not load', 'this page is of an older build', 'reload the page');
  });

  test.each([
    ['the compiler for changed code', /type-stripper\.[^/]*\.js$/],
    ['the Worker of the compiler for changed code', /strip-types-worker[^/]*\.js$/],
  ])('%s is not there any more', async (_what, script) => {
    const parts = await openLesson();
    await missing(script);
    await parts.region.getByRole('textbox').first().focus();
    await page.keyboard.type('//');
    await parts.run.click();
    await expectFault(parts, 'The compiler for changed code did not load', 'reload the page');
  });

  test('what draws the timeline is not there any more', async () => {
    await missing(/drawing\.[^/]*\.js$/);
    const parts = await openLesson();
    await parts.run.click();
    await expectFault(parts, 'A part of this page did not load', 'reload it');
  });

  test('the timeline throws as it draws', async () => {
    await change(/drawing\.[^/]*\.js$/, /\bpaint\(\w\)\{/, `$&${fault}`);
    const parts = await openLesson();
    await parts.run.click();
    // Whether it is drawn first as a part of the page or in a frame of its own hangs on how much else there is to do: both say this.
    await expectFault(parts, thrown, 'which is no fault of your program. Reload the page and try again.');
  });

  test('the frame’s details throw as they are drawn: they say so in their place too', async () => {
    await change(
      /FlightDetails\.[^/]*\.js$/,
      /^[^]*$/,
      `const broken=()=>{${fault}};export{broken as FlightDetails,broken as t};`,
    );
    const parts = await openLesson();
    await parts.timeline.getByRole('group', { name: /^Frames:/ }).focus();
    await page.keyboard.press('ArrowRight');
    await expectFault(parts, 'The frame could not be drawn', thrown);
    await parts.region.getByRole('alert').getByText('The frame could not be drawn').waitFor();
  });
});

describe('a check that gives no verdict', () => {
  /** Presses Check, which runs the program first, and waits for what is said of that run. */
  async function check(parts: PlaygroundParts): Promise<string> {
    await parts.region.getByRole('button', { name: 'Check' }).click();
    const verdict = parts.region.locator('.pg-verdict').filter({ hasText: /\S/ });
    const answer = verdict.filter({ hasNotText: 'It is checked when the run has ended.' });
    await answer.waitFor();
    return await answer.innerText();
  }
  /** The run itself went well. */
  async function expectFinished(parts: PlaygroundParts, ...words: string[]): Promise<void> {
    await expectOnConsole(parts, ...words);
    expect(await parts.state.innerText()).toBe('Finished');
  }

  test('since it throws, is no verdict on the program, and is told on the console', async () => {
    await change(/check\.[^/]*\.js$/, /export\{\w+ as default\}/, `export default ()=>{${fault}}`);
    const parts = await openLesson();
    expect(await check(parts)).toContain(`The check itself failed (Error: ${thrown}), which is no fault of your program.`);
    await expectFinished(parts, 'The check itself failed', thrown);
  });

  test('since it is not there any more, says so, and is told on the console', async () => {
    await missing(/check\.[^/]*\.js$/);
    const parts = await openLesson();
    expect(await check(parts)).toContain('The check did not load');
    await expectFinished(parts, 'The check did not load', 'reload the page');
  });

  test('since what judges is not there any more, says so, and is told on the console', async () => {
    await missing(/judging\.[^/]*\.js$/);
    const parts = await openLesson();
    expect(await check(parts)).toContain('The check did not load');
    await expectOnConsole(parts, 'The check did not load', 'reload the page');
  });
});

test('a playground whose own script is not there any more says so on its console', async () => {
  await missing(/PlaygroundIsland\.[^/]*\.js/);
  await page.goto(origin() + lesson);
  const { console: log } = playgroundOf(page);
  await log.getByText('This part of the page did not start').waitFor();
  expect(await log.innerText()).toContain('reload it');
});

test('a playground whose own script throws says so in its place: nothing of it is left', async () => {
  await change(/PlaygroundIsland\.[^/]*\.js/, /^[^]*$/, `const broken=()=>{${fault}};export{broken as default};`);
  await page.goto(origin() + lesson);
  const places = page.locator('[data-example]').getByRole('alert');
  await places.getByText(`This part of the page did not start (Error: ${thrown})`).first().waitFor();
  await expect.poll(() => places.count()).toBe(2);
});

test.each([
  ['a picture that takes input', /FramePicture\.[^/]*\.js/, '/3-3-frames/', '.ip', '.ip-wake'],
  ['one job done in several ways', /SameJob\.(?!astro)[^/]*\.js/, '/2-6-five-ways/', '[data-same-job]', '.pg-primary'],
])('%s, which comes once it is wanted, says in its place that it did not', async (_what, script, address, place, button) => {
  await missing(script);
  await page.goto(origin() + address);
  const part = page.locator(place).first();
  await part.locator(button).first().click();
  await part.getByRole('alert').getByText('This part of the page did not load').waitFor();
});

test.each([
  ['a picture that takes input', /Interactive\.astro[^/]*\.js/, '/3-3-frames/'],
  ['one job done in several ways', /SameJob\.astro[^/]*\.js/, '/2-6-five-ways/'],
])(
  '%s, whose button nobody listens to since that script is not there any more: the page says so',
  async (_what, script, address) => {
    await missing(script);
    await page.goto(origin() + address);
    const said = page.getByRole('alert').getByText('A part of this page did not load');
    await said.waitFor();
    expect(await said.innerText()).toContain('reload it');
  },
);

test('what is thrown anywhere in the page ends the run that is on, and no other console speaks', async () => {
  await openPage(page, `${origin()}/1-4-full-duplex/`);
  const first = playgroundOf(page);
  await first.run.click();
  await first.console.getByText('heard tick 1').first().waitFor();
  await page.evaluate(
    (message) =>
      void setTimeout(() => {
        throw new Error(message);
      }),
    thrown,
  );
  await expectFault(first, `This page failed (Error: ${thrown})`);
  expect(await page.getByRole('log').filter({ hasText: thrown }).count()).toBe(1);
});
