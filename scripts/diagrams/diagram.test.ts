import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diagramInFence, diagramInFile } from './diagram.ts';
import { drawingName } from './drawing-name.ts';
import { root } from '../root.ts';

const page = join(root, 'content', '9-9-a-lesson', 'index.mdx');
const written = 'sequenceDiagram\n  accTitle: Two ends\n  accDescr: They talk.\n  client->>server: hello';

test('a fence is named by its accTitle, said in words by its accDescr, and known by its page and what it says', () => {
  const diagram = diagramInFence(page, 3, written);
  expect(diagram).toMatchObject({ name: 'Two ends', words: ['They talk.'], text: written });
  expect(diagram.id).toMatch(/^d-9-9-a-lesson-[0-9a-f]{8}$/);
  expect(diagramInFence(page, 90, written.replaceAll('\n', '\r\n'))).toEqual(diagram);
  expect(diagramInFence(page, 3, `${written} again`).id).not.toBe(diagram.id);
});

test('an accDescr of several lines is read in paragraphs', () => {
  const long = written.replace('accDescr: They talk.', 'accDescr {\n    One\n    asks.\n\n    The other answers.\n  }');
  expect(diagramInFence(page, 3, long).words).toEqual(['One asks.', 'The other answers.']);
});

test('a fence without name or words is refused, with the page, the line and what to write', () => {
  const without = (what: RegExp) => () => diagramInFence(page, 12, written.replace(what, ''));
  const place = 'content/9-9-a-lesson/index.mdx, line 12: ';
  expect(without(/ {2}accTitle.*\n/)).toThrow(`${place}this diagram has no name. Write "accTitle: …"`);
  expect(without(/ {2}accDescr.*\n/)).toThrow(`${place}this diagram does not say in words what it shows`);
  expect(without(/They talk\./)).toThrow('Write "accDescr: …"');
});

test('a file needs a name, and may leave the words to the page', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'diagram-')), 'states.mmd');
  writeFileSync(file, written.replace(/ {2}accDescr.*\n/, ''));
  expect(diagramInFile(file)).toMatchObject({ name: 'Two ends', words: [] });
  expect(diagramInFile(file).id).toMatch(/^d-diagram-\w+-states$/);
  writeFileSync(file, 'stateDiagram-v2\n  [*] --> OPEN');
  expect(() => diagramInFile(file)).toThrow('states.mmd: this diagram has no name. Write "accTitle: …"');
});

test('a drawing has another name after every change of its diagram, and the same until then', () => {
  const { id, ...rest } = diagramInFence(page, 3, written);
  const name = drawingName({ id, ...rest });
  expect(name).toMatch(/^9-9-a-lesson-[0-9a-f]{8}\.[0-9a-f]{16}\.svg$/);
  expect(drawingName({ id, ...rest })).toBe(name);
  expect(drawingName({ id, ...rest, text: `${rest.text} ` })).not.toBe(name);
});
