import { expect, test } from 'vitest';
import { openPage, origin } from './setup/browser.ts';
import { browserForFile, newPage } from './setup/pages.ts';

browserForFile();

test('a printed lesson is ink on white even in the dark theme, with words, picture, whole code and no controls', async () => {
  const page = await newPage({ viewport: { width: 820, height: 1000 }, colorScheme: 'dark' });
  await openPage(page, `${origin()}/1-4-full-duplex/`);
  await page.emulateMedia({ media: 'print' });
  const ink = await page.locator('main h1').evaluate((heading) => getComputedStyle(heading).color);
  expect(ink).toBe('rgb(22, 25, 29)');
  expect(await page.getByRole('figure', { name: 'Timeline' }).first().isVisible()).toBe(true);
  const code = page.locator('[data-example="1-4-full-duplex/crossing"] .ce-code');
  await code.getByText('both have spoken').waitFor();
  expect(await code.evaluate((pre) => pre.scrollWidth - pre.clientWidth)).toBe(0);
  expect(await page.locator('button:visible, input:visible, textarea:visible').count()).toBe(0);
  expect(await page.locator('nav:visible, header.top:visible').count()).toBe(0);
  const answer = page.locator('details.predict p').first();
  if ((await answer.count()) > 0) expect(await answer.isVisible()).toBe(true);
});

test('an unknown address answers 404 and lists where to go on', async () => {
  const page = await newPage();
  const response = await page.goto(`${origin()}/no-such-page/`);
  expect(response?.status()).toBe(404);
  await page.getByRole('heading', { level: 1, name: 'There is no page at this address' }).waitFor();
  for (const name of ['Home', 'Playground'])
    expect(await page.getByRole('main').getByRole('link', { name, exact: true }).count()).toBe(1);
  expect(
    await page
      .getByRole('main')
      .getByRole('link', { name: /Closing/ })
      .count(),
  ).toBeGreaterThan(0);
});

test('a diagram works without JavaScript, has a name and a version in words, and fits a phone', async () => {
  const page = await newPage({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  await page.goto(`${origin()}/3-2-opening-handshake/`);
  const diagram = page.getByRole('figure', { name: 'The opening handshake and the first two frames' });
  const box = await diagram.locator('svg').boundingBox();
  expect(box?.width).toBeGreaterThan(300);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  await diagram.getByText('The same in words').waitFor();
  const stroke = (part: string): Promise<string> =>
    diagram
      .locator(part)
      .first()
      .evaluate((line) => getComputedStyle(line).stroke);
  expect(await stroke('.to-server')).toBe('rgb(0, 86, 109)');
  expect(await stroke('.to-client')).toBe('rgb(163, 86, 8)');
});

test('the page of sources lists a section that a lesson cites, with a link back to the lesson', async () => {
  const page = await newPage();
  await page.goto(`${origin()}/reference/sources/`);
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'RFC 6455 §5.3', exact: true }) });
  await row.getByRole('link', { name: '3.4', exact: true }).click();
  await page.waitForURL('**/3-4-masking/');
});

test('each false claim that is often heard has its source and its lesson beside it', async () => {
  const page = await newPage();
  await page.goto(`${origin()}/reference/often-said/`);
  const claims = page.locator('.said');
  expect(await claims.count()).toBeGreaterThanOrEqual(27);
  for (const claim of await claims.all()) expect(await claim.locator('a.cite').count()).toBeGreaterThan(0);
  const masking = claims.filter({ has: page.getByRole('heading', { name: '“Masking encrypts”' }) });
  await masking.getByRole('link', { name: /^3\.4/ }).waitFor();
});
