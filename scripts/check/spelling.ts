/**
 * Part of `npm run check`: checks the British spelling of lessons, hints and the repository's own texts. `spelling-words.txt`
 * lists correct words that no dictionary has, one per line.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import dictionary from 'dictionary-en-gb';
import nspell from 'nspell';
import { wordsOf } from './prose.ts';
import { root } from '../root.ts';

const texts = [
  '*.md',
  '{protocol,sandbox-server,in-page,site,scripts,e2e}/**/README.md',
  'docs/*.md',
  'bench/*.md',
  'content/**/*.mdx',
  'content/**/hints.ts',
];
const speller = nspell(dictionary);
const own = readFileSync(join(root, 'scripts', 'check', 'spelling-words.txt'), 'utf8')
  .split('\n')
  .filter(Boolean);
for (const word of own) speller.add(word);

const unknown = texts
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .sort()
  .flatMap((file) => {
    const words = wordsOf(readFileSync(join(root, file), 'utf8'), file.endsWith('.ts'));
    return words.filter(({ word }) => !speller.correct(word)).map(({ word, line }) => ({ file, word, line }));
  });
for (const { file, word, line } of unknown) {
  const instead = speller.suggest(word).slice(0, 3).join(', ');
  console.error(`${file}:${line}: "${word}" is in no dictionary${instead ? ` (${instead}?)` : ''}`);
}
if (unknown.length > 0) {
  console.error('If a word is right, add it to scripts/check/spelling-words.txt.');
  process.exitCode = 1;
}
