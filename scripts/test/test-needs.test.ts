import { expect, test, vi } from 'vitest';
import { type Need, needs, provide } from './test-needs.ts';

const need = (name: string, project: string, has = new Set<string>()): Need => ({
  ...{ name, packages: [`${name}-package`], elsewhere: `Or set ${name.toUpperCase()}.` },
  isFor: (file) => file.project === project,
  isThere: () => has.has(`${name}-package`),
});

test('installs only what the chosen files need, all at once', () => {
  const has = new Set(['b-package']);
  const all = [need('a', 'one', has), need('b', 'one', has), need('c', 'one', has), need('d', 'two', has)];
  const install = vi.fn((packages: readonly string[]) => {
    for (const name of packages) has.add(name);
    return undefined;
  });
  expect(provide([{ project: 'one', text: '' }], all, install)).toEqual([]);
  expect(install.mock.calls).toEqual([[['a-package', 'c-package']]]);
  expect(provide([{ project: 'pure', text: '' }], all, install)).toEqual([]);
  expect(provide([{ project: 'one', text: '' }], all, install)).toEqual([]);
  expect(install).toHaveBeenCalledTimes(1);
});

test('names what it cannot install, with the reason and what to do', () => {
  const all = [need('a', 'one')];
  const [missing, ...others] = provide([{ project: 'one', text: '' }], all, () => 'Run "apt-get install a-package" as root.');
  expect(others).toEqual([]);
  expect(missing?.why).toBe('a is missing. Run "apt-get install a-package" as root. Or set A.');
});

test.each([
  ['pure', '', []],
  ['server', '', []],
  ['server', "import { dissect } from './tshark-for-tests.ts';", ['tshark']],
  ['browser', '', ['Chromium']],
  ['browser', "import { dissect } from '../../protocol/export/tshark-for-tests.ts';", ['Chromium', 'tshark']],
  ['thorough-server', '', []],
  ['thorough-browser', '', ['Chromium']],
  ['engines', '', ['Firefox', 'WebKit']],
])('a test of project %s that holds %j needs %j', (project, text, names) => {
  expect(needs.filter(({ isFor }) => isFor({ project, text })).map(({ name }) => name)).toEqual(names);
});
