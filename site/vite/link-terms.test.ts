import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/root.ts';
import { glossary } from '../components/reference/glossary.ts';
import { firstUses, linkFirst, words } from './link-terms.ts';

const link = (id: string, word: string): string => `<a class="term" href="/reference/glossary/#${id}">${word}</a>`;

test('links the first occurrence of a word in the prose, as it is written there, and no other', () => {
  const { text, found } = linkFirst('A frame, and Frames. Then a ping.\n\nMore frames.', ['frame', 'ping', 'pong']);
  expect(text).toBe(`A ${link('frame', 'frame')}, and Frames. Then a ${link('ping', 'ping')}.\n\nMore frames.`);
  expect(found).toEqual(['frame', 'ping']);
});

test('links a longer word before the shorter one within it, and the shorter one where it stands by itself', () => {
  const { text } = linkFirst('A control frame is a frame.', ['frame', 'control-frame']);
  expect(text).toBe(`A ${link('control-frame', 'control frame')} is a ${link('frame', 'frame')}.`);
});

test('leaves front matter, headings, tables, code, links, tags, what is within components and parts of other words as they are', () => {
  const text = [
    '---',
    'title: A frame',
    '---',
    '',
    "import Frame from './frame.astro';",
    '',
    '## A frame',
    '',
    '<Predict question="Which frame?">',
    '  The last frame.',
    '</Predict>',
    '| frame |',
    'See `frame`, [a frame](/frame/), <Cite of="frame" />, iframes, frame-like and {frame}.',
    '```ts',
    'frame',
    '```',
  ].join('\n');
  expect(linkFirst(text, ['frame'])).toEqual({ text, found: [] });
});

test('every word leads to the glossary, and the course links each of them at most once', () => {
  const known = glossary.map(({ id }) => id);
  for (const id of Object.keys(words)) expect(known).toContain(id);
  const used = [...firstUses(join(root, 'content')).values()].flat();
  expect(new Set(used).size).toBe(used.length);
  expect(used).toEqual(expect.arrayContaining(['frame', 'full-duplex', 'masking']));
});
