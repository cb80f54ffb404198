import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage, playgroundOf } from './setup/browser.ts';
import { runToRest } from './setup/run.ts';
import { startServer } from './setup/server.ts';

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());

test('with the server stopped Run says what is wrong and what to do; when it is back, Run works without a reload', async () => {
  const first = await startServer();
  const page = await browser.newPage();
  await openPage(page, `${first.origin}/playground/`);
  await first.stop();

  const { run, console: log } = playgroundOf(page);
  await run.click();
  await log.getByText('does not answer. Start it with "npm start"').waitFor();

  const second = await startServer({ port: Number(new URL(first.origin).port) });
  const trace = await runToRest(page);
  expect(trace.connections).toHaveLength(1);
  await page.close();
  await second.stop();
});

test('a server that goes away during a run is told of, and the page stays usable', async () => {
  const server = await startServer();
  const page = await browser.newPage();
  await openPage(page, `${server.origin}/1-4-full-duplex/`);
  const { run, console: log } = playgroundOf(page);
  await run.click();
  await log.getByText('heard tick 1').waitFor();
  await server.stop();
  await log.getByText('The sandbox server went away').waitFor();
  await page.close();
});
