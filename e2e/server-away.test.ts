import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { openPage, playgroundOf } from './setup/browser.ts';
import { browser, browserForFile, newPage } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';
import { startServer } from './setup/server.ts';

browserForFile();

test('Run says what is wrong and what to do if the server is stopped, and works without a reload once it is back', async () => {
  const first = await startServer();
  const page = await newPage();
  await openPage(page, `${first.origin}/playground/`);
  await first.stop();

  const { run, console: log } = playgroundOf(page);
  await run.click();
  await log.getByText('does not answer. Start it with "npm start"').waitFor();

  const second = await startServer({ port: Number(new URL(first.origin).port) });
  const trace = await runToRest(page);
  expect(trace.connections).toHaveLength(1);
  await second.stop();
});

test('a session that has to give way during a run says so in the server’s words, and the next Run gets another', async () => {
  const server = await startServer({ options: ['--max-sessions', '2', '--address-header', 'x-client-address'] });
  const run = async (): Promise<{ page: Page; said: Locator }> => {
    const page = await browser.newPage();
    await openPage(page, `${server.origin}/1-4-full-duplex/`);
    await playgroundOf(page).run.click();
    await playgroundOf(page).console.getByText('heard tick 1').waitFor();
    const words = 'The sandbox server ended this session: All 2 sessions of this server are taken';
    return { page, said: playgroundOf(page).console.getByText(words) };
  };
  const both = [await run(), await run()];
  // Somebody else wants a session, and this browser's address holds them all.
  await fetch(`${server.origin}/sessions`, { method: 'POST', headers: { 'x-client-address': '192.0.2.1' } });
  const ended = await Promise.any(both.map(async (one) => one.said.waitFor().then(() => one)));
  const { run: again, console: log } = playgroundOf(ended.page);
  await again.click();
  await log.getByText('heard tick 1').waitFor();
  for (const { page } of both) await page.close();
  await server.stop();
});

test('a server that goes away during a run is reported, and the page stays usable', async () => {
  const server = await startServer();
  const page = await newPage();
  await openPage(page, `${server.origin}/1-4-full-duplex/`);
  const { run, console: log } = playgroundOf(page);
  await run.click();
  await log.getByText('heard tick 1').waitFor();
  await server.stop();
  await log.getByText('The sandbox server went away').waitFor();
});
