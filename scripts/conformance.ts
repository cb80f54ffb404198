/**
 * `npm run conformance`: judges the sandbox server by RFC 6455 and RFC 7692, prints what passed, and writes it to
 * `content/reference/conformance.json`, which the page of that name shows. Exits with 1 if a case failed.
 * `npm run conformance -- --messages 1000`: sends 1000 messages in each compression case, as Autobahn does; takes half an hour.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { messagesIn } from '../sandbox-server/conformance/run-deflate-case.ts';
import { groups, runCases } from '../sandbox-server/conformance/suite.ts';
import { root } from './root.ts';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const { messages } = parseArgs({ options: { messages: { type: 'string' } } }).values;
if (messages !== undefined) process.env['CONFORMANCE_MESSAGES'] = messages;
const results = [];
for (const { title, rfc, cases } of groups) {
  const outcomes = await runCases(cases);
  const failed = outcomes.filter(({ passed }) => !passed);
  console.log(`${title}: ${outcomes.length - failed.length} passed, ${failed.length} failed`);
  for (const { id, detail } of failed) console.log(`  ${id}: ${detail ?? ''}`);
  results.push({ title, rfc, outcomes });
}
const all = results.flatMap(({ outcomes }) => outcomes);
const failed = all.filter(({ passed }) => !passed).length;
const date = new Date().toISOString().slice(0, 10);
const report = { date, version, node: process.version, messages: messagesIn(16), cases: all.length, failed, groups: results };
const file = join(root, 'content', 'reference', 'conformance.json');
writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
console.log(`${all.length - failed} passed, ${failed} failed, written to content/reference/conformance.json`);
process.exitCode = failed > 0 ? 1 : 0;
