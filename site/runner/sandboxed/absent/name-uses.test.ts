import { expect, test } from 'vitest';
import { nameUses, type NameUse } from './name-uses.ts';

const use = (code: string): Partial<NameUse> | undefined => nameUses(code, ['document', 'Notification']).get('document');

test.each<[code: string, is: keyof NameUse]>([
  ['document.title = "x";', 'isBare'],
  ['render(document)', 'isBare'],
  ['a ? document : b', 'isBare'],
  ['window.document.title', 'isMember'],
  ['globalThis?.document', 'isMember'],
  ['self.document', 'isMember'],
  ['typeof document', 'isChecked'],
  ['typeof (document)', 'isChecked'],
  ['typeof window.document', 'isChecked'],
  ["'document' in window", 'isChecked'],
  ['const { document } = window;', 'isChecked'],
])('tells how a program uses a name: %s', (code, is) => {
  expect(use(code)).toEqual({ isBare: false, isMember: false, isChecked: false, [is]: true });
});

test('a program may use a name in several ways', () => {
  expect(use('if (window.document) document.title = 1;')).toEqual({ isBare: true, isMember: true, isChecked: false });
});

test.each(['// document', '"the document"', 'page.document', 'a.window.document', '{ x, document: 1 }', 'documents'])(
  'takes nothing else for a use: %s',
  (code) => {
    expect(use(code)).toBeUndefined();
  },
);
