/**
 * `npm run record`: runs every example of the pages against the real server in a real browser, and writes the captured trace to
 * its `trace.json`. Words after `--` choose examples by the beginning of their folder: `npm run record -- 1-4`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { startServer } from '../../e2e/setup/server.ts';
import { traceOfRun } from '../../e2e/setup/trace-of-run.ts';
import { effectsBeforeCauses } from '../../protocol/trace/effects-before-causes.ts';
import type { Trace } from '../../protocol/trace/trace.ts';
import { ensureChromium } from '../browser/chromium.ts';
import { mostAdded } from './link-times.ts';
import { root } from '../root.ts';
import { buildSite, pagesOf } from '../build/site-build.ts';
import { traceText } from './trace-text.ts';
import { hundredthsOfMs } from '../../protocol/words/duration.ts';

/** A run is good enough to show if the machine added at most `added` ms to anything the link carried. Tries up to `runs` runs. */
const goodEnough = { added: 2, runs: 5 };

/** Returns the run to which the machine added least. Throws if that run has an effect before its cause. */
async function bestOf(run: () => Promise<Trace>): Promise<Trace> {
  let best = await run();
  for (let i = 1; i < goodEnough.runs && mostAdded(best) > goodEnough.added; i++) {
    const other = await run();
    if (mostAdded(other) < mostAdded(best)) best = other;
  }
  const [wrong] = effectsBeforeCauses(best);
  if (wrong !== undefined) throw new Error(`Cannot record this run: ${wrong}`);
  return best;
}

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
    // The widget only takes input once the pointer has come near.
    if ((await job.count()) > 0) {
      await job.hover();
      await page.locator('[data-same-job][data-awake]').waitFor();
    }
    for (const example of examples.filter((name) => isChosen(name) && !done.has(name))) {
      const playground = page.locator(`[data-example="${example}"]`);
      const trace = await bestOf(() => traceOfRun(playground, playground.getByRole('button', { name: /^Run\b/ }).first()));
      writeFileSync(join(root, 'content', example, 'trace.json'), traceText(trace));
      done.add(example);
      const added = `the machine added up to ${hundredthsOfMs(mostAdded(trace))}`;
      console.log(`${example}: ${trace.events.length} events, clocks ± ${hundredthsOfMs(trace.clock.uncertaintyMs)}, ${added}`);
    }
    await page.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
