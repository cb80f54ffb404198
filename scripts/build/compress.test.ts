import { mkdtempSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compressFolder } from './compress.ts';

test('compresses large text both ways, without loss, and skips small files and pictures', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'compress-'));
  const page = 'both ends talk '.repeat(200);
  for (const [name, text] of Object.entries({ 'page.html': page, 'small.css': 'a{}', 'picture.png': page })) {
    writeFileSync(join(folder, name), text);
  }
  const heard: string[] = [];
  await compressFolder(folder, (done, all) => void heard.push(`${done} of ${all}`));
  expect(heard).toEqual(['1 of 1']);
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  expect(brotliDecompressSync(read('page.html.br')).toString()).toBe(page);
  expect(gunzipSync(read('page.html.gz')).toString()).toBe(page);
  expect(['small.css.br', 'small.css.gz', 'picture.png.br'].filter((name) => existsSync(join(folder, name)))).toEqual([]);
});
