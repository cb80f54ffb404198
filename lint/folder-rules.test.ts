import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// A file that does not exist has no types.
const eslint = new ESLint({ cwd: root, overrideConfig: tseslint.configs.disableTypeChecked as Linter.Config });

/** Returns the specifier by which `from` would import some file in the folder `to` or its rooms. */
function specifier(from: string, to: string): string {
  const files = readdirSync(join(root, to), { recursive: true, encoding: 'utf8' }).sort();
  const file = files.find((name) => /(^|\/)[^./]+\.tsx?$/.test(name) && !name.includes('node_modules'));
  if (!file) throw new Error(`no file to import in ${to}`);
  return relative(join(root, from), join(root, to, file));
}

/** Returns the linter's messages about a file in `folder` with this import. */
async function complaints(folder: string, imported: string, file = 'offender.ts'): Promise<string[]> {
  const code = `import * as it from '${imported.startsWith('..') || /^[a-z-]+($|\/)/.test(imported) ? imported : `./${imported}`}';\nconsole.log(it);\n`;
  const [result] = await eslint.lintText(code, { filePath: join(root, folder, file) });
  return (result?.messages ?? []).map(({ message }) => message);
}

const allFolders = [
  'protocol',
  'sandbox-server',
  'in-page',
  'site/timeline',
  'site/inspector',
  'site/runner',
  'site/editor',
  'site/diagrams',
  'site/trace',
  'site/playground',
];
const allowed: Record<string, string[]> = {
  protocol: [],
  'sandbox-server': ['protocol'],
  'sandbox-server/endpoints': ['protocol'],
  'in-page': ['protocol'],
  'site/timeline': ['protocol'],
  'site/inspector': ['protocol'],
  'site/runner': ['protocol', 'in-page'],
  'site/editor': ['protocol'],
  'site/diagrams': [],
  'site/trace': ['protocol', 'site/timeline', 'site/inspector'],
  'site/playground': ['protocol', 'in-page', 'site/timeline', 'site/inspector', 'site/runner', 'site/editor', 'site/trace'],
};
const rooms = {
  protocol: ['collections', 'words', 'wire', 'trace', 'measures'],
  'site/timeline': ['conversation', 'words', 'layout', 'paint', 'player', 'panels'],
};
const roomPairs = Object.entries(rooms).flatMap(([folder, names]) =>
  names.slice(1).map((name, i) => ({ from: `${folder}/${name}`, to: `${folder}/${names[i]}` })),
);
const pairs = Object.keys(allowed).flatMap((from) => allFolders.filter((to) => to !== from).map((to) => ({ from, to })));

describe('the linter holds folders to the import rules', () => {
  test.each(pairs.filter(({ from, to }) => !allowed[from]?.includes(to)))('$from may not import $to', async ({ from, to }) => {
    expect((await complaints(from, specifier(from, to))).join()).toContain('(see ARCHITECTURE.md)');
  });

  test.each(pairs.filter(({ from, to }) => allowed[from]?.includes(to)))('$from may import $to', async ({ from, to }) => {
    expect(await complaints(from, specifier(from, to))).toEqual([]);
  });

  test.each(roomPairs)('$from may import $to, but not the other way round', async ({ from, to }) => {
    expect(await complaints(from, specifier(from, to))).toEqual([]);
    expect((await complaints(to, specifier(to, from))).join()).toContain('import in one direction');
  });

  test.each(['offender.test.ts', 'offender.test.tsx', 'offender.thorough.test.ts'])('%s may import anything', async (file) => {
    expect(await complaints('protocol', specifier('protocol', 'scripts'), file)).toEqual([]);
  });

  test.each([
    ['monaco-editor', 'site/playground', 'site/editor'],
    ['mermaid', 'site/components', 'site/diagrams'],
    ['ws', 'site/runner', 'sandbox-server'],
    ['ws', 'site/editor', 'sandbox-server'],
  ])('%s may not be imported in %s, but may in %s', async (name, elsewhere, home) => {
    expect((await complaints(elsewhere, name)).join()).toContain(`is imported in ${home} alone`);
    expect(await complaints(home, name)).toEqual([]);
  });
});
