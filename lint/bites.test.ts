import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterAll, describe, expect, test } from 'vitest';
import { circlesOf, importGraph, importsOf } from './import-graph.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

describe('import cycles', () => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'circle-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const untyped = tseslint.configs.disableTypeChecked as Linter.Config;
  const eslint = new ESLint({ cwd: root, ignore: false, overrideConfig: untyped });

  test.each(['.ts', '.tsx', '.js'])('the linter refuses a cycle through a %s file', async (extension) => {
    const [one, other] = [join(folder, 'one.ts'), join(folder, `other${extension}`)];
    writeFileSync(one, `import { b } from './other${extension}';\nexport const a = (): number => b();\n`);
    writeFileSync(other, `import { a } from './one.ts';\nexport const b = () => a();\n`);
    const results = await eslint.lintFiles([one]);
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))).toEqual(['import-x/no-cycle']);
  });

  const graph = importGraph(root);

  test('a second reader of all imports finds no cycle', () => {
    expect(graph.size).toBeGreaterThan(500);
    const loaded = new Map(
      [...graph].map(([file, imports]) => [file, imports.filter((one) => !one.isType).map(({ from }) => from)]),
    );
    expect(circlesOf(loaded)).toEqual([]);
  });

  test('the second reader finds cycles of any length, and follows static and dynamic imports but not types', () => {
    const imports = (text: string): string[] =>
      importsOf('a/one.ts', text).map(({ from, isType }) => (isType ? 'type ' : '') + from);
    expect(imports("import { b } from './two.ts'; export * from '../three.ts'; import './four.css';")).toEqual([
      ...['a/two.ts', 'three.ts', 'a/four.css'],
    ]);
    expect(imports("import type { B } from './two.ts'; import { type C } from './three.ts'; void import('./four.ts');")).toEqual([
      ...['type a/two.ts', 'type a/three.ts', 'a/four.ts'],
    ]);
    expect(importsOf('a/one.astro', "---\nimport B from './B.astro';\n---\n<script>import './c.ts';</script>")).toHaveLength(2);
    const edges = { a: ['b'], b: ['c'], c: ['a', 'd'], d: ['e'], e: [], f: ['f'] };
    expect(circlesOf(new Map(Object.entries(edges)))).toEqual([['a', 'b', 'c'], ['f']]);
  });
});

// The first test reads the types of the whole project.
describe('promises', { timeout: 600_000 }, () => {
  // With CI=true the parser assumes that it reads each file once, from disk, and finds no types for the text we pass in.
  const asGiven: Linter.Config = { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } };
  const eslint = new ESLint({ cwd: root, overrideConfig: asGiven });
  const complaints = async (code: string, file = 'sandbox-server/main.ts'): Promise<(string | null)[]> => {
    const [result] = await eslint.lintText(code, { filePath: join(root, file) });
    return (result?.messages ?? []).map(({ ruleId }) => ruleId);
  };

  test.each([
    ['a promise that nobody awaits', 'no-floating-promises', 'Promise.resolve(1);'],
    ['a promise used as a condition', 'no-misused-promises', 'if (Promise.resolve(1)) console.log(1);'],
    [
      'a promise that a listener returns',
      'no-misused-promises',
      'process.once("exit", async () => { await Promise.resolve(1); });',
    ],
    ['an await of a value that is not a promise', 'await-thenable', 'await 1;'],
  ])('the linter refuses %s', async (_, rule, code) => {
    expect(await complaints(code)).toContain(`@typescript-eslint/${rule}`);
  });

  test.each(['site/playground/Playground.tsx', 'protocol/wire/frame.test.ts', 'e2e/setup/run.ts', 'scripts/test/test.ts'])(
    'the linter refuses a promise that nobody awaits in %s too',
    async (file) => {
      expect(await complaints('Promise.resolve(1);\nexport {};\n', file)).toContain('@typescript-eslint/no-floating-promises');
    },
  );
});
