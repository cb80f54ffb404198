/**
 * `npm run record`: runs every example of the pages against the real server in a real browser, and writes what was
 * captured to its `trace.json`. Words after `--` choose examples by the beginning of their folder: `npm run record -- 1-4`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { startServer } from '../e2e/setup/server.ts';
import { traceOfRun } from '../e2e/setup/trace-of-run.ts';
import { ensureChromium } from './chromium.ts';
import { root } from './root.ts';
import { buildSite, pagesOf } from './site-build.ts';
import { traceText } from './trace-text.ts';

const chosen = process.argv.slice(2);
const isChosen = (example: string): boolean => chosen.length === 0 || chosen.some((start) => example.startsWith(start));

await buildSite();
const server = await startServer();
const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  const done = new Set<string>();
  for (const path of pagesOf()) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    await page.goto(server.origin + path, { waitUntil: 'networkidle' });
    const examples = await page
      .locator('[data-example]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-example') ?? ''));
    const job = page.locator('[data-same-job]');
    // It takes input once somebody comes near.
    if ((await job.count()) > 0) {
      await job.hover();
      await page.locator('[data-same-job][data-awake]').waitFor();
    }
    for (const example of examples.filter((name) => isChosen(name) && !done.has(name))) {
      const playground = page.locator(`[data-example="${example}"]`);
      const trace = await traceOfRun(playground, playground.getByRole('button', { name: /^Run\b/ }).first());
      writeFileSync(join(root, 'content', example, 'trace.json'), traceText(trace));
      done.add(example);
      console.log(`${example}: ${trace.events.length} events, clocks ± ${trace.clock.uncertaintyMs.toFixed(2)} ms`);
    }
    await page.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
