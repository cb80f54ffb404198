import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { registeredCloseCodes } from '../../../protocol/wire/close-code.ts';
import { root } from '../../../scripts/root.ts';
import { groups } from '../../../sandbox-server/conformance/suite.ts';
import { optionTable } from '../../../sandbox-server/options.ts';
import { createSandbox } from '../../../sandbox-server/sandbox.ts';
import { glossary } from './glossary.ts';
import { piecesOf } from './inline-text.ts';
import { description, options } from './sandbox-description.ts';

test('the sandbox page lists every option of the server and every address that it serves', () => {
  expect(options.map(({ name }) => name)).toEqual(Object.keys(optionTable));
  const served = createSandbox().addresses();
  const lines = served.split('\n').filter((line) => /^ {2}(WS|GET|POST) /.test(line));
  expect(description.addresses.map(({ method, path }) => [method, path])).toEqual(
    lines.map((line) => line.trim().split(/ +/, 2)),
  );
  expect(options.find(({ name }) => name === 'maxMessageBytes')).toEqual({
    name: 'maxMessageBytes',
    flag: '--max-message-bytes',
    variable: 'MAX_MESSAGE_BYTES',
    value: '65,536 bytes',
    takes: 'a whole number; 0 means no limit',
    doc: optionTable.maxMessageBytes.doc,
  });
});

test('the conformance report covers exactly the current cases, and none failed; if not, run "npm run conformance"', () => {
  const file = join(root, 'content', 'reference', 'conformance.json');
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    date: string;
    failed: number;
    groups: { title: string; outcomes: { id: string; section: string; title: string; passed: boolean }[] }[];
  };
  const told = report.groups.map(({ title, outcomes }) => ({
    title,
    cases: outcomes.map(({ id, section, title: of }) => ({ id, section, title: of })),
  }));
  const there = groups.map(({ title, cases }) => ({
    title,
    cases: cases.map(({ id, section, title: of }) => ({ id, section, title: of })),
  }));
  expect(told).toEqual(there);
  expect(report.failed).toBe(0);
  expect(report.date).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('the glossary is in alphabetical order, its anchors can stand in an address, and its texts are whole sentences', () => {
  for (const { id, text } of glossary) {
    expect(id).toMatch(/^[a-z0-9-]+$/);
    expect([id, text.at(-1)]).toEqual([id, '.']);
    expect(piecesOf(text).length).toBeGreaterThan(0);
  }
  const names = glossary.map(({ term }) => term.toLowerCase());
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
  expect(new Set(names).size).toBe(names.length);
});

test('close codes are listed in order, including those that never go over the wire', () => {
  expect(registeredCloseCodes).toEqual([...registeredCloseCodes].sort((a, b) => a - b));
  expect(registeredCloseCodes).toEqual(expect.arrayContaining([1000, 1005, 1006, 1012, 1015]));
});
