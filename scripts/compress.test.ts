import { mkdtempSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compressFolder } from './compress.ts';

test('text that is worth it gets both compressed forms, which give it back; small files and pictures get none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'compress-'));
  const page = 'both ends talk '.repeat(200);
  for (const [name, text] of Object.entries({ 'page.html': page, 'small.css': 'a{}', 'picture.png': page })) {
    writeFileSync(join(folder, name), text);
  }
  compressFolder(folder);
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  expect(brotliDecompressSync(read('page.html.br')).toString()).toBe(page);
  expect(gunzipSync(read('page.html.gz')).toString()).toBe(page);
  expect(['small.css.br', 'small.css.gz', 'picture.png.br'].filter((name) => existsSync(join(folder, name)))).toEqual([]);
});
