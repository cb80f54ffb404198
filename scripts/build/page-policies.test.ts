import { createHash } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pagePolicy, writePagePolicies } from './page-policies.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const directive = (policy: string, name: string): string[] =>
  policy
    .split('; ')
    .find((part) => part.startsWith(`${name} `))
    ?.split(' ')
    .slice(1) ?? [];

test("allows the site's own scripts, and inline scripts only by their hashes", () => {
  const page = `<script>\n one \n</script><script type="module">two</script><SCRIPT type="speculationrules">{}</SCRIPT>
    <script src="/_astro/a.js"></script><script type="module" src="/_astro/b.js"></script><script>two</script>`;
  expect(directive(pagePolicy(page), 'script-src')).toEqual([
    "'self'",
    "'wasm-unsafe-eval'",
    hash('\n one \n'),
    hash('two'),
    hash('{}'),
  ]);
});

test('forbids what it does not name, and takes connections, pictures, fonts, Workers and frames from this site alone', () => {
  const policy = pagePolicy('');
  expect(directive(policy, 'default-src')).toEqual(["'none'"]);
  for (const name of ['connect-src', 'font-src', 'worker-src', 'frame-src']) expect(directive(policy, name)).toEqual(["'self'"]);
  expect(directive(policy, 'img-src')).toEqual(["'self'", 'data:', 'blob:']);
  for (const name of ['base-uri', 'form-action']) expect(directive(policy, name)).toEqual(["'none'"]);
});

test('allows style elements by their hashes too, unless an editor (Monaco) or an undrawn diagram (Mermaid) makes its own', () => {
  const styled = '<style>a{}</style><style media="print">b{}</style>';
  expect(directive(pagePolicy(styled), 'style-src-elem')).toEqual(["'self'", hash('a{}'), hash('b{}')]);
  const editor = '<astro-island component-url="/_astro/PlaygroundIsland.abc.js"></astro-island>';
  const undrawn = '<div class="drawing" data-draw="d-a-lesson-states"></div>';
  for (const maker of [editor, undrawn]) {
    expect(directive(pagePolicy(styled + maker), 'style-src-elem')).toEqual([]);
    expect(directive(pagePolicy(styled + maker), 'style-src')).toEqual(["'self'", "'unsafe-inline'"]);
  }
});

test('writes the policy once into each page, before everything it applies to, and keeps a policy that is already there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'site-'));
  const file = join(folder, 'index.html');
  await writeFile(file, '<!doctype html><html><head><meta charset="utf-8"/><script>one</script></head></html>');
  const own = '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'">';
  await writeFile(join(folder, 'frame.html'), own);
  writePagePolicies(folder);
  writePagePolicies(folder);
  const page = await readFile(file, 'utf8');
  expect(page.match(/http-equiv/g)).toHaveLength(1);
  expect(page).toContain('<meta charset="utf-8"/><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; ');
  expect(page).toContain(hash('one'));
  expect(await readFile(join(folder, 'frame.html'), 'utf8')).toBe(own);

  await writeFile(join(folder, 'bare.html'), 'no head');
  expect(() => writePagePolicies(folder)).toThrow('Cannot give bare.html a policy: it has no <meta charset="utf-8">');
});
