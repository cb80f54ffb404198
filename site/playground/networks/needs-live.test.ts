import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { examples } from '../../../scripts/record/examples.ts';
import { root } from '../../../scripts/root.ts';
import { needsLive } from './needs-live.ts';

/** What the query of an address may ask of the live network alone. */
const liveAlone = /[?&]compress=/;

test('every example that needs the live sandbox exists', () => {
  expect(Object.keys(needsLive).filter((example) => !examples().includes(example))).toEqual([]);
});

test('every example whose address asks for compression needs the live sandbox', () => {
  const asking = examples().filter((example) =>
    liveAlone.test(readFileSync(join(root, 'content', example, 'client.ts'), 'utf8')),
  );
  expect(asking.length).toBeGreaterThan(0);
  expect(asking.filter((example) => needsLive[example] === undefined)).toEqual([]);
});

test('every reason goes on after a colon and ends the sentence', () => {
  for (const reason of Object.values(needsLive)) expect(reason).toMatch(/^[a-z].+[^.]\.$/);
});
