import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../scripts/root.ts';
import { byPlace } from '../site/curriculum.ts';
import { axeViolations } from './setup/axe.ts';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { builtLessons } from './setup/built-pages.ts';
import { page, pageForEachTest } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

pageForEachTest();

const lesson = '3-8-closing';
const solution = readFileSync(join(root, 'content', lesson, 'with-a-reason', 'solution.ts'), 'utf8');
const path = () => page.locator('[data-path]');
const inPath = () => path().getByRole('link', { name: 'Closing' });
const inSidebar = () => page.getByRole('navigation', { name: 'Lessons' }).getByRole('link', { name: 'Closing' });

/** Runs and checks the exercise, as the solution or with the solution in the reader's own program; returns the verdict. */
async function pass(how: 'solution' | 'own program'): Promise<string> {
  await page.route(/monaco|editor\.api/i, (route) => route.abort());
  await openPage(page, `${origin()}/${lesson}/`);
  const parts = playgroundOf(page, page.locator(`[data-example="${lesson}/with-a-reason"]`));
  if (how === 'solution') await parts.region.getByRole('button', { name: 'Solution' }).click();
  else await parts.region.getByRole('textbox', { name: 'client.ts, editor' }).fill(solution);
  await runToRest(page, parts);
  await parts.region.getByRole('button', { name: 'Check' }).click();
  const verdict = parts.region.locator('.pg-verdict');
  await verdict.getByText('Passed.').waitFor();
  return await verdict.innerText();
}

test('the path on the home page has every lesson once, in the order of the sidebar, and shows no progress yet', async () => {
  await page.goto(origin());
  const hrefs = await path()
    .locator('li a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(hrefs).toEqual(builtLessons().sort(byPlace));
  expect(await path().getByRole('img').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Forget my progress' }).isVisible()).toBe(false);
  await page.getByRole('link', { name: /^Start with lesson 1\.1/ }).waitFor();
});

test('a lesson is marked begun once opened and done once its exercise passes, and all marks can be forgotten', async () => {
  await page.goto(`${origin()}/${lesson}/`);
  await page.goto(origin());
  await inPath().getByRole('img', { name: 'begun' }).waitFor();

  await pass('own program');
  await inSidebar().getByRole('img', { name: 'done' }).waitFor();
  await page.goto(origin());
  await inPath().getByRole('img', { name: 'done' }).waitFor();
  await page.getByText(`1 of ${builtLessons().length} lessons done`).waitFor();
  await page.getByRole('link', { name: /^Go on with lesson 1\.1/ }).waitFor();
  expect(await axeViolations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Forget my progress' }).click();
  await expect.poll(() => path().getByRole('img').count()).toBe(0);
  expect(await page.evaluate(() => localStorage.getItem('progress'))).toBeNull();
});

test('the solution itself passes but does not count as the reader’s own', async () => {
  expect(await pass('solution')).toContain('That was the solution.');
  expect(await inSidebar().getByRole('img', { name: 'done' }).count()).toBe(0);
});

test('marks of progress move nothing on the path', async () => {
  const places = async (): Promise<unknown> => {
    await page.goto(origin());
    return await page.locator('[data-path] a, [data-path] h2').evaluateAll((all) =>
      all.map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        return [x, y, width, height];
      }),
    );
  };
  const before = await places();
  const all = builtLessons().map((lesson) => lesson.replaceAll('/', ''));
  await page.evaluate((read) => localStorage.setItem('progress', JSON.stringify({ read, passed: [] })), all);
  expect(await places()).toEqual(before);
});
