/** `node sandbox-server/conformance/report.ts [--json]`: runs the suite and prints what passed, as Markdown or JSON. */
import { groups, type Outcome, runCases } from './suite.ts';

const json = process.argv.includes('--json');
const results: { title: string; rfc: string; outcomes: Outcome[] }[] = [];
for (const { title, rfc, cases } of groups) results.push({ title, rfc, outcomes: await runCases(cases) });
const all = results.flatMap(({ outcomes }) => outcomes);
const failed = all.filter(({ passed }) => !passed).length;

if (json) console.log(JSON.stringify({ cases: all.length, failed, groups: results }, null, 2));
else console.log(markdown());
process.exitCode = failed > 0 ? 1 : 0;

function markdown(): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const row = ({ id, section, title, passed, detail }: Outcome): string =>
    `| ${id} | ${section} | ${cell(title)} | ${passed ? 'passed' : `failed: ${cell(detail ?? '')}`} |`;
  const table = ({ title, rfc, outcomes }: (typeof results)[number]): string =>
    [
      `## ${title}`,
      '',
      `| Case | RFC ${rfc} | What is sent and must come of it | Result |`,
      '|---|---|---|---|',
      ...outcomes.map(row),
    ].join('\n');
  return [`# Conformance to RFC 6455 and RFC 7692: ${all.length} cases, ${failed} failed`, ...results.map(table)].join('\n\n');
}
