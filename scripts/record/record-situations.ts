/**
 * Runs the programs of `site/timeline/situations/` in a real browser against the real server, and writes the captured traces
 * beside them: the timeline's tests lay these out, and we look at them when its drawing changes. Words after `--` choose
 * situations by the beginning of their names. Needs a built site.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { chromium } from 'playwright';
import { startServer } from '../../e2e/setup/server.ts';
import { traceOfRun } from '../../e2e/setup/trace-of-run.ts';
import { hashFor } from '../../site/playground/share-address.ts';
import { ensureChromium } from '../browser/chromium.ts';
import { root } from '../root.ts';
import { traceText } from './trace-text.ts';
import { hundredthsOfMs } from '../../protocol/words/duration.ts';

/** Situations that need more than one client. */
const clients: Readonly<Record<string, number>> = { 'half-duplex-collision': 2, 'floor-control': 2 };

const chosen = process.argv.slice(2);
const programs = globSync('site/timeline/situations/*/client.ts', { cwd: root })
  .map((path) => join(root, path))
  .filter((path) => chosen.length === 0 || chosen.some((start) => basename(dirname(path)).startsWith(start)));

const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const path of programs.sort()) {
    const name = basename(dirname(path));
    // Give each situation its own server, so that no channel is left over from another.
    const server = await startServer();
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    await page.goto(`${server.origin}/playground/${hashFor(readFileSync(path, 'utf8'))}`, { waitUntil: 'networkidle' });
    const playground = page.getByRole('region', { name: 'Playground' });
    const add = playground.getByRole('button', { name: 'Add a client' });
    for (let count = 1; count < (clients[name] ?? 1); count++) await add.click();
    const trace = await traceOfRun(playground, playground.getByRole('button', { name: 'Run', exact: true }));
    writeFileSync(join(dirname(path), 'trace.json'), traceText(trace));
    console.log(`${name}: ${trace.events.length} events, clocks ± ${hundredthsOfMs(trace.clock.uncertaintyMs)}`);
    await page.close();
    await server.stop();
  }
} finally {
  await browser.close();
}
