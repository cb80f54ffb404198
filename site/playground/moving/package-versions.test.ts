import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packageVersions } from './package-versions.ts';

test('programs that readers take with them ask for the same versions of packages as the site', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  expect(Object.keys(packageVersions)).toContain('ws');
  expect(dependencies).toMatchObject(packageVersions);
});
