import { expect, test } from 'vitest';
import { axeViolations } from './setup/axe.ts';
import { openPage, origin } from './setup/browser.ts';
import { browser, page, pageForEachTest } from './setup/pages.ts';

pageForEachTest();

test('a still frame in a lesson wakes, its bits flip by keyboard, and the server answers the changed bytes', async () => {
  await openPage(page, `${origin()}/3-3-frames/`);
  const picture = page.getByRole('region', { name: 'A frame, bit by bit' });
  await picture.getByText('Breaks no rule of RFC 6455.').waitFor();
  expect(await picture.getByRole('button').count()).toBe(1);
  await picture.getByRole('button', { name: 'Flip its bits' }).focus();
  await page.keyboard.press('Enter');
  await picture.getByRole('button', { name: 'FIN: 1' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('FIN: 1');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await picture.getByText('RSV1 is 1, and no extension that uses it was agreed to.').waitFor();
  await picture.getByRole('button', { name: 'Send these bytes to the server' }).click();
  await picture.getByText(/close 1002, protocol error/).waitFor();
  expect(await axeViolations(page)).toEqual([]);
});

test("masking by hand starts with the standard's example, and masks the reader's own text under a key of their own", async () => {
  await openPage(page, `${origin()}/3-4-masking/`);
  const picture = page.getByRole('region', { name: 'Masking by hand' });
  const onWire = picture.getByText(/^On the wire:/);
  expect(await onWire.innerText()).toContain('7f 9f 4d 51 58');
  await picture.hover();
  await picture.getByRole('button', { name: 'Byte 0: 48 XOR 37 is 7f' }).waitFor();
  await picture.getByRole('textbox', { name: 'Text' }).fill('né');
  await picture.getByRole('textbox', { name: 'Key' }).fill('ff000000');
  expect(await onWire.innerText()).toContain('91 c3 a9');
  expect(await onWire.innerText()).toContain('né');
  await picture.getByRole('button', { name: 'Byte 0: 6e XOR ff is 91' }).click();
  const rows = await picture.getByRole('row').allInnerTexts();
  expect(rows.map((row) => row.replace(/\s/g, ''))).toEqual(['text011011106e', 'key,byte011111111ff', 'onthewire1001000191']);
  await picture.getByRole('textbox', { name: 'Key' }).fill('12 34');
  await picture.getByText('The key has four bytes').waitFor();
  await picture.getByRole('button', { name: 'A fresh key' }).click();
  await onWire.waitFor();
  expect(await axeViolations(page)).toEqual([]);
});

test("the accept key is worked out for the recorded handshake, and for a key of the reader's own", async () => {
  await openPage(page, `${origin()}/3-2-opening-handshake/`);
  const picture = page.getByRole('region', { name: 'The accept key, worked out' });
  await picture.getByText("The response's Sec-WebSocket-Accept is equal to it.").waitFor();
  await picture.hover();
  await picture.getByRole('button', { name: 'A fresh key' }).waitFor();
  // The example of RFC 6455 §1.3.
  await picture.getByRole('textbox', { name: 'Sec-WebSocket-Key' }).fill('dGhlIHNhbXBsZSBub25jZQ==');
  await picture.getByText('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=').waitFor();
  await picture.getByText('A server that gets this key has to answer with that value.').waitFor();
  await picture.getByRole('textbox', { name: 'Sec-WebSocket-Key' }).fill('too short');
  await picture.getByText('That is not 16 bytes in base64').waitFor();
  expect(await axeViolations(page)).toEqual([]);
});

test.each(['/3-2-opening-handshake/', '/3-3-frames/', '/3-4-masking/'])(
  'the pictures of %s fit a phone, both still and woken by a slow press, and are readable without JavaScript',
  async (path) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openPage(page, origin() + path);
    const sideways = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await sideways()).toBe(0);
    // Press as slowly as a finger: the button must not vanish while it is pressed.
    await page.locator('.ip-wake').first().click({ delay: 300 });
    await page.locator('[data-awake]').first().waitFor();
    await page.locator('.ip-picture').first().locator(':focus').waitFor();
    expect(await sideways()).toBe(0);
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const still = await plain.newPage();
    await still.goto(origin() + path);
    const picture = still.locator('.ip').first();
    expect((await picture.locator('.ip-picture').innerText()).length).toBeGreaterThan(40);
    expect(await picture.locator('.ip-wake').isVisible()).toBe(false);
    await plain.close();
  },
);
