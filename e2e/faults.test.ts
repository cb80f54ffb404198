/**
 * Injects faults into what the server sends: the frame's set-up, the Worker's, a check, and lazily loaded parts. The console must
 * report each and say what to do, and the run that it spoils must end.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { frameDocument, inFrame, inWorker, withCode } from './setup/altered-frame.ts';
import { openPage, origin, type PlaygroundParts, playgroundOf } from './setup/browser.ts';
import { page, pageForEachTest } from './setup/pages.ts';

pageForEachTest();
// Ignore what is still on its way to the page: no test needs it any more.
afterEach(() => page.unrouteAll({ behavior: 'ignoreErrors' }));

const thrown = 'put in by the test';
const fault = `throw new Error("${thrown}");`;
/** Replaces `what` by `into` in scripts whose address matches. Aborts the request if that changes nothing. */
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

/** Waits for the words on the console, and checks that the fault has ended the run. */
async function expectFault(parts: PlaygroundParts, ...words: string[]): Promise<void> {
  await expectOnConsole(parts, ...words);
  expect(await parts.state.innerText()).toBe('');
}

describe('a fault in what a run needs ends the run and is reported on the console', () => {
  const runnerFailed = ['The runner of this page failed', 'Press Run again; if that does not help, reload the page.'];
  const frameFailed = ['The part of this page that runs programs did not start.'];
  test.each<[what: string, put: string, words: string[]]>([
    ['in the frame’s script, as it is read', inFrame + fault, frameFailed],
    ['in the frame, later', `${inFrame}setTimeout(()=>{${fault}});`, [...runnerFailed, thrown]],
    ['in the frame, in a promise', `${inFrame}void Promise.reject(new Error("${thrown}"));`, [...runnerFailed, thrown]],
    ['in the Worker’s script, as it is read', inWorker + fault, [...runnerFailed, thrown]],
    ['in the Worker’s set-up', `${inWorker}delete globalThis.WebSocket;`, [...runnerFailed, 'TypeError']],
    ['silence: the frame says nothing', 'return;', frameFailed],
  ])('%s', async (_what, put, words) => {
    await putIntoFrame(put);
    const parts = await openLesson();
    await parts.run.click();
    await expectFault(parts, ...words);
  });

  test('the script that runs programs is gone, as after a new build', async () => {
    await missing(/lazy-run\.[^/]*\.js$/);
    const parts = await openLesson();
    await parts.run.click();
    await expectFault(
      parts,
      'The part that runs programs did not load',
      'this page comes from an older build',
      'reload the page',
    );
  });

  test.each([
    ['the compiler for changed code', /type-stripper\.[^/]*\.js$/],
    ['the Worker of the compiler for changed code', /strip-types-worker[^/]*\.js$/],
  ])('%s is gone', async (_what, script) => {
    const parts = await openLesson();
    await missing(script);
    await parts.region.getByRole('textbox').first().focus();
    await page.keyboard.type('//');
    await parts.run.click();
    await expectFault(parts, 'The compiler for changed code did not load', 'reload the page');
  });

  test('the script that draws the timeline is gone', async () => {
    await missing(/drawing\.[^/]*\.js$/);
    const parts = await openLesson();
    await parts.run.click();
    await expectFault(parts, 'A part of this page did not load', 'reload it');
  });

  test('the timeline throws while drawing', async () => {
    await change(/drawing\.[^/]*\.js$/, /\bpaint\(\w\)\{/, `$&${fault}`);
    const parts = await openLesson();
    await parts.run.click();
    // Load decides whether the page or an animation frame draws it first, but both say this.
    await expectFault(parts, thrown, 'which is no fault of your program. Reload the page and try again.');
  });

  test('the frame’s details throw while drawn, and say so in their place too', async () => {
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
  /** Presses Check, which runs the program first, and returns what it says of that run. */
  async function check(parts: PlaygroundParts): Promise<string> {
    await parts.region.getByRole('button', { name: 'Check' }).click();
    const verdict = parts.region.locator('.pg-verdict').filter({ hasText: /\S/ });
    const answer = verdict.filter({ hasNotText: 'It will be checked when the run has ended.' });
    await answer.waitFor();
    return await answer.innerText();
  }
  /** Waits for the words on the console, and checks that the run itself went well. */
  async function expectFinished(parts: PlaygroundParts, ...words: string[]): Promise<void> {
    await expectOnConsole(parts, ...words);
    expect(await parts.state.innerText()).toBe('Finished');
  }

  test('because it throws does not blame the program, and says so on the console too', async () => {
    await change(/check\.[^/]*\.js$/, /export\{\w+ as default\}/, `export default ()=>{${fault}}`);
    const parts = await openLesson();
    expect(await check(parts)).toContain(`The check itself failed (Error: ${thrown}), which is no fault of your program.`);
    await expectFinished(parts, 'The check itself failed', thrown);
  });

  test('because it is gone says so, on the console too', async () => {
    await missing(/check\.[^/]*\.js$/);
    const parts = await openLesson();
    expect(await check(parts)).toContain('The check did not load');
    await expectFinished(parts, 'The check did not load', 'reload the page');
  });

  test('because the judging script is gone says so, on the console too', async () => {
    await missing(/judging\.[^/]*\.js$/);
    const parts = await openLesson();
    expect(await check(parts)).toContain('The check did not load');
    await expectOnConsole(parts, 'The check did not load', 'reload the page');
  });
});

test('a playground whose own script is gone says so on its console', async () => {
  await missing(/PlaygroundIsland\.[^/]*\.js/);
  await page.goto(origin() + lesson);
  const { console: log } = playgroundOf(page);
  await log.getByText('This part of the page did not start').waitFor();
  expect(await log.innerText()).toContain('reload it');
});

test('a playground whose own script throws is replaced by a message', async () => {
  await change(/PlaygroundIsland\.[^/]*\.js/, /^[^]*$/, `const broken=()=>{${fault}};export{broken as default};`);
  await page.goto(origin() + lesson);
  const places = page.locator('[data-example]').getByRole('alert');
  await places.getByText(`This part of the page did not start (Error: ${thrown})`).first().waitFor();
  await expect.poll(() => places.count()).toBe(2);
});

test.each([
  ['a picture that takes input', /FramePicture\.[^/]*\.js/, '/3-3-frames/', '.ip', '.ip-wake'],
  ['one job done in several ways', /SameJob\.(?!astro)[^/]*\.js/, '/2-6-five-ways/', '[data-same-job]', '.pg-primary'],
])('%s says so in its place if it does not load on demand', async (_what, script, address, place, button) => {
  await missing(script);
  await page.goto(origin() + address);
  const part = page.locator(place).first();
  await part.locator(button).first().click();
  await part.getByRole('alert').getByText('This part of the page did not load').waitFor();
});

test.each([
  ['a picture that takes input', /Interactive\.astro[^/]*\.js/, '/3-3-frames/'],
  ['one job done in several ways', /SameJob\.astro[^/]*\.js/, '/2-6-five-ways/'],
])('%s has a dead button if its script is gone, and the page says so', async (_what, script, address) => {
  await missing(script);
  await page.goto(origin() + address);
  const said = page.getByRole('alert').getByText('A part of this page did not load');
  await said.waitFor();
  expect(await said.innerText()).toContain('reload it');
});

test('an error thrown anywhere in the page ends the current run, and no other console reports it', async () => {
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
