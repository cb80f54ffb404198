/** axe-core on a page of the tests. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A rule that the page breaks, and where. */
export interface Violation {
  id: string;
  /** Of each place, its HTML and what to mend. */
  at: [html: string, summary: string | undefined][];
}

/** What axe finds wrong with the page as it is now. */
export async function axeViolations(page: Page): Promise<Violation[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate('axe.run(document)')) as AxeResults;
  return found.violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html, failureSummary }) => [html, failureSummary]) }));
}
