/** Runs axe-core on a page of the tests. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A rule that the page breaks, and where. */
export interface Violation {
  id: string;
  /** The HTML of each place, and what to mend. */
  at: [html: string, summary: string | undefined][];
}

/** Reports violations only and skips frames: axe is not in them, and would wait half a second for their answer. */
const asked = { resultTypes: ['violations'], iframes: false };

/** axe's rules on colours: what another theme can break. */
export const coloursOnly = ['color-contrast', 'link-in-text-block'];

/** Returns what axe finds wrong with the page as it is now, by all of its rules or by some. */
export async function axeViolations(page: Page, rules?: readonly string[]): Promise<Violation[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const options = rules ? { ...asked, runOnly: { type: 'rule', values: rules } } : asked;
  const run = `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`;
  const violations = (await page.evaluate(run)) as AxeResults['violations'];
  return violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html, failureSummary }) => [html, failureSummary]) }));
}
