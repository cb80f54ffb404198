import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { writeSearchIndex } from './search-index.ts';

test('restores an index whose files were truncated', async () => {
  const site = mkdtempSync(join(tmpdir(), 'duplex-index-'));
  onTestFinished(() => rmSync(site, { recursive: true }));
  const page = (words: string): string =>
    `<!doctype html><html lang="en"><title>x</title><body><h1>Masking</h1><p>${words}</p></body></html>`;
  writeFileSync(join(site, 'index.html'), page('Bytes are masked.'));
  writeFileSync(join(site, 'other.html'), page('Frames cross in the air.'));
  await writeSearchIndex(site);

  const index = join(site, 'pagefind');
  const names = readdirSync(index, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(index, name)).isFile());
  const contents = (): Map<string, string> => new Map(names.map((name) => [name, readFileSync(join(index, name), 'base64')]));
  const whole = contents();
  expect(JSON.parse(readFileSync(join(index, 'pagefind-entry.json'), 'utf8'))).toMatchObject({
    languages: { en: { page_count: 2 } },
  });
  for (const name of names.filter((one) => one.endsWith('.pf_index'))) gunzipSync(readFileSync(join(index, name)));
  // Damage the files as we found them: some empty, some cut at the end of a memory block.
  for (const name of names)
    writeFileSync(join(index, name), name.endsWith('.json') ? '' : readFileSync(join(index, name)).subarray(0, 64));
  await writeSearchIndex(site);
  expect(contents()).toEqual(whole);
});
