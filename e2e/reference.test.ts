import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { registeredCloseCodes } from '../protocol/wire/close-code.ts';
import { Opcode } from '../protocol/wire/frame.ts';
import { root } from '../scripts/root.ts';
import { groups } from '../sandbox-server/conformance/suite.ts';
import type { SandboxDescription } from '../sandbox-server/monitoring/description.ts';
import { optionTable, flagOf } from '../sandbox-server/options.ts';
import { origin } from './setup/browser.ts';
import { browser, browserForFile, newPage } from './setup/pages.ts';

browserForFile();

/** Returns the text of one cell, by default the first, from every row of a page's tables. */
async function cells(path: string, column = 1): Promise<string[]> {
  await using page = await browser.newPage();
  await page.goto(origin() + path);
  const texts = await page.locator(`main tbody tr > :nth-child(${column})`).allInnerTexts();
  return texts.map((text) => text.trim());
}

test('the sandbox’s page lists each address, parameter and option that the running server describes', async () => {
  const answer = await fetch(`${origin()}/sandbox`, { headers: { accept: 'application/json' } });
  const { addresses, link, manners } = (await answer.json()) as SandboxDescription;
  const told = await cells('/reference/sandbox/');
  const expected = [
    ...addresses.map(({ method, path }) => `${method} ${path}`),
    ...[...link, ...manners].map(({ name }) => name),
    ...Object.keys(optionTable).map(flagOf),
  ];
  for (const one of expected) expect(told.map((text) => text.split('\n')[0])).toContain(one);
  expect(told).toHaveLength(expected.length);
});

test('the pages list every close code, every opcode, every event of a trace and every case of the conformance suite', async () => {
  expect((await cells('/reference/close-codes/')).slice(0, registeredCloseCodes.length)).toEqual(
    registeredCloseCodes.map(String),
  );
  const opcodes = await cells('/reference/frame-format/', 2);
  for (const name of Object.keys(Opcode)) expect(opcodes).toContain(name);
  const source = readFileSync(join(root, 'protocol', 'trace', 'trace.ts'), 'utf8');
  const page = await newPage();
  await page.goto(`${origin()}/reference/trace/`);
  const told = await page.locator('main h3 code').allInnerTexts();
  const names = [...source.matchAll(/^ {2}name: (.+);$/gm)].flatMap(([, type = '']) =>
    [...type.matchAll(/'(\w+)'/g)].map(([, name]) => name ?? ''),
  );
  expect(told.sort()).toEqual(names.sort());
  expect(await cells('/reference/conformance/')).toEqual(groups.flatMap(({ cases }) => cases.map(({ id }) => id)));
});
