import astro from 'eslint-plugin-astro';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { folderRules, packageRules } from './lint/folder-rules.js';

export default tseslint.config(
  {
    ignores: ['dist/', '.astro/', '.cache/', 'node_modules/', 'bench/node_modules/', 'content/**/*.js'],
  },
  ...tseslint.configs.strict,
  ...astro.configs.recommended,
  {
    plugins: { 'import-x': importX },
    settings: {
      // Without these two, the import rules only look into .js files.
      'import-x/extensions': ['.ts', '.tsx', '.js', '.mjs'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx', '.js', '.mjs'] },
      'import-x/ignore': ['/node_modules/'],
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.astro', '.mdx'] })],
    },
    rules: {
      'import-x/no-cycle': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // A test may import what it likes.
    ignores: ['**/*.test.{ts,tsx}'],
    rules: { 'import-x/no-restricted-paths': ['error', { zones: folderRules }] },
  },
  {
    // Rules that need types. The linter gets none from Astro components. Lessons' programs are written as their readers
    // would write them, and a promise they do not await shows in the reader's console.
    files: ['**/*.{ts,tsx}'],
    ignores: ['**/*.astro/*', 'content/**/{client,solution,program,wrong-*}.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  ...packageRules,
);
