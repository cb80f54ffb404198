import { expect, it } from 'vitest';
import { wordsOf } from './prose.ts';

const words = (text: string, isModule = false): string[] => wordsOf(text, isModule).map(({ word }) => word);

it('takes the words of prose and of attributes that readers see', () => {
  expect(words('The client’s frames <Predict question="Which one?">are “late”</Predict>.')).toEqual([
    'The',
    'client',
    'frames',
    'Which',
    'one',
    'are',
    'late',
  ]);
});

it('leaves out code, addresses, abbreviations and other attributes of components', () => {
  const text =
    'Call `sned()` on <Cite rfc="6455" anchor="dom-xyz" /> [here](/3-4-maskng/) at ws://exmple.com, HTTP and readyState.';
  expect(words(text)).toEqual(['Call', 'here', 'and']);
  expect(words("import Abc from './abc.astro';\n```ts\nconst wrld = 1;\n```\nyes")).toEqual(['yes']);
});

it('returns the line that each word is on', () => {
  expect(wordsOf('one\n\n```\nx\n```\n<Rule\n rfc="6455">two</Rule>').map(({ word, line }) => [word, line])).toEqual([
    ['one', 1],
    ['two', 7],
  ]);
});

it('takes only the strings of a module', () => {
  expect(words("import x from './check.ts';\nexport default ['Look at `sha1`, twice', \"all fine\"];", true)).toEqual([
    'Look',
    'twice',
    'all',
    'fine',
  ]);
});
