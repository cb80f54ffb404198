import type { Locator, Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { axeViolations } from './setup/axe.ts';
import { openPage, origin } from './setup/browser.ts';
import { browserForFile, newPage } from './setup/pages.ts';

browserForFile();

const path = '/1-5-modes/';
const choice = (page: Page, at: number): Locator => page.locator('.choice').nth(at);

describe('the modes of eight products', () => {
  test('each button gives its own reason, and the first answers are counted', async () => {
    const page = await newPage();
    await openPage(page, origin() + path);
    const all = page.locator('.choice');
    expect(await all.count()).toBe(8);
    for (const one of await all.all()) {
      const replies = new Set<string>();
      for (const mode of ['Simplex', 'Half-duplex', 'Full-duplex']) {
        await one.getByRole('button', { name: mode }).press('Enter');
        expect(await one.getByRole('button', { pressed: true }).allInnerTexts()).toEqual([mode]);
        replies.add(await one.getByRole('status').innerText());
      }
      expect([...replies].filter((reply) => reply.startsWith('Yes. '))).toHaveLength(1);
      expect(replies.size).toBe(3);
      expect(Math.min(...[...replies].map(({ length }) => length))).toBeGreaterThan(40);
    }
    // Simplex was the first answer to each, and is right for three.
    expect(await page.locator('.score').innerText()).toBe('8 of 8 chosen, 3 right at the first try.');
    expect(await axeViolations(page)).toEqual([]);
  });

  test('without JavaScript each question reveals its answer and has no dead buttons', async () => {
    const page = await newPage({ javaScriptEnabled: false });
    await page.goto(origin() + path);
    expect(await choice(page, 0).getByRole('button').count()).toBe(0);
    await choice(page, 0).getByText('Which, and why?').click();
    await choice(page, 0).getByText('One end knows, all others want to.').waitFor();
  });

  test('links in the table open programs in the playground, which wait for Run', async () => {
    const page = await newPage();
    await openPage(page, origin() + path);
    const link = page.getByRole('link', { name: 'Talk at once' });
    await openPage(page, new URL((await link.getAttribute('href')) ?? '', origin()).href);
    await expect.poll(() => page.locator('.ce').innerText()).toContain('new WebSocket(');
  });
});

test.each([
  { lesson: '1-5-modes', right: '.choice .answers button:not([data-objection])', count: 8 },
  {
    lesson: '2-5-newer-http',
    right: '.claim[data-is="true"] button[value="true"], .claim[data-is="false"] button[value="false"]',
    count: 12,
  },
])('$lesson is done once every question is answered right, not when it is opened', async ({ lesson, right, count }) => {
  const page = await newPage();
  await openPage(page, `${origin()}/${lesson}/`);
  const mark = page.locator(`[data-mark-of="${lesson}"]`).first();
  const answers = await page.locator(right).all();
  expect(answers).toHaveLength(count);
  for (const answer of answers) {
    expect(await mark.getAttribute('data-state')).toBe('read');
    await answer.click();
  }
  expect(await mark.getAttribute('data-state')).toBe('done');
});
