/** `node sandbox-server/conformance/report.ts [--json]`: runs the suite and prints what passed, as Markdown or JSON. */
import { groups, type Outcome, runCases } from './suite.ts';

const json = process.argv.includes('--json');
const results: { title: string; outcomes: Outcome[] }[] = [];
for (const { title, cases } of groups) results.push({ title, outcomes: await runCases(cases) });
const all = results.flatMap(({ outcomes }) => outcomes);
const failed = all.filter(({ passed }) => !passed).length;

if (json) console.log(JSON.stringify({ cases: all.length, failed, groups: results }, null, 2));
else console.log(markdown());
process.exitCode = failed > 0 ? 1 : 0;

function markdown(): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const row = ({ id, section, title, passed, detail }: Outcome): string =>
    `| ${id} | ${section} | ${cell(title)} | ${passed ? 'passed' : `failed: ${cell(detail ?? '')}`} |`;
  const table = ({ title, outcomes }: (typeof results)[number]): string =>
    [
      `## ${title}`,
      '',
      '| Case | RFC 6455 | What is sent and must come of it | Result |',
      '|---|---|---|---|',
      ...outcomes.map(row),
    ].join('\n');
  return [`# RFC 6455 conformance: ${all.length} cases, ${failed} failed`, ...results.map(table)].join('\n\n');
}
