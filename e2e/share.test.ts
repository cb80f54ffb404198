import { expect, test } from 'vitest';
import { hashFor } from '../site/playground/share-address.ts';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { browserForFile, newPage } from './setup/pages.ts';

browserForFile();

test('a shared address shows its code, waits for Run, and then runs it', async () => {
  const page = await newPage();
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname));
  await openPage(page, `${origin()}/playground/${hashFor("console.log('shared ' + 6 * 7);")}`);
  const { region, run, console: log } = playgroundOf(page);
  await expect.poll(() => region.locator('.ce').innerText()).toContain('shared ');
  expect(sockets).toEqual([]);
  await run.click();
  await log.getByText('shared 42').waitFor();
});

test('Share gives an address that opens the code now in the editor', async () => {
  const page = await newPage();
  await openPage(page, `${origin()}/playground/`);
  const { region } = playgroundOf(page);
  await region.getByRole('textbox').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText("console.log('mine');");
  await region.getByRole('button', { name: 'Share' }).click();
  await region.locator('.pg-verdict').getByText('address').waitFor();
  const said = await region.locator('.pg-verdict').innerText();
  if (said.startsWith('Copy this address: ')) expect(said).toContain(hashFor("console.log('mine');"));
  else expect(said).toContain('is on the clipboard');
});
