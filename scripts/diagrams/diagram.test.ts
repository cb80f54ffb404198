import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diagramInFence, diagramInFile } from './diagram.ts';
import { drawingName } from './drawing-name.ts';
import { root } from '../root.ts';

const page = join(root, 'content', '9-9-a-lesson', 'index.mdx');
const written = 'sequenceDiagram\n  accTitle: Two ends\n  accDescr: They talk.\n  client->>server: hello';

test('a fence takes its name from accTitle, its words from accDescr, and its id from its page and its text', () => {
  const diagram = diagramInFence(page, 3, written);
  expect(diagram).toMatchObject({ name: 'Two ends', words: ['They talk.'], text: written });
  expect(diagram.id).toMatch(/^d-9-9-a-lesson-[0-9a-f]{8}$/);
  expect(diagramInFence(page, 90, written.replaceAll('\n', '\r\n'))).toEqual(diagram);
  expect(diagramInFence(page, 3, `${written} again`).id).not.toBe(diagram.id);
});

test('splits an accDescr of several lines into paragraphs', () => {
  const long = written.replace('accDescr: They talk.', 'accDescr {\n    One\n    asks.\n\n    The other answers.\n  }');
  expect(diagramInFence(page, 3, long).words).toEqual(['One asks.', 'The other answers.']);
});

test('refuses a fence without a name or words, and says the page, the line and what to write', () => {
  const without = (what: RegExp) => () => diagramInFence(page, 12, written.replace(what, ''));
  const place = 'content/9-9-a-lesson/index.mdx, line 12: ';
  expect(without(/ {2}accTitle.*\n/)).toThrow(`${place}this diagram has no name. Write "accTitle: …"`);
  expect(without(/ {2}accDescr.*\n/)).toThrow(`${place}this diagram has no description for readers who cannot see it`);
  expect(without(/They talk\./)).toThrow('Write "accDescr: …"');
});

test('a file needs a name, but can leave the words to the page', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'diagram-')), 'states.mmd');
  writeFileSync(file, written.replace(/ {2}accDescr.*\n/, ''));
  expect(diagramInFile(file)).toMatchObject({ name: 'Two ends', words: [] });
  expect(diagramInFile(file).id).toMatch(/^d-diagram-\w+-states$/);
  writeFileSync(file, 'stateDiagram-v2\n  [*] --> OPEN');
  expect(() => diagramInFile(file)).toThrow('states.mmd: this diagram has no name. Write "accTitle: …"');
});

test('the name of a drawing changes whenever its diagram changes, and only then', () => {
  const { id, ...rest } = diagramInFence(page, 3, written);
  const name = drawingName({ id, ...rest });
  expect(name).toMatch(/^9-9-a-lesson-[0-9a-f]{8}\.[0-9a-f]{16}\.svg$/);
  expect(drawingName({ id, ...rest })).toBe(name);
  expect(drawingName({ id, ...rest, text: `${rest.text} ` })).not.toBe(name);
});
