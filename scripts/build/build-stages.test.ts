import { expect, test } from 'vitest';
import { BuildStages, pageWritten, stages, warningsIn } from './build-stages.ts';

// Output of Astro 7.3, shortened.
const output = `02:59:51 [vite] Re-optimizing dependencies because lockfile has changed
02:59:54 [content] Synced content
02:59:54 [build] ✓ Completed in 3.47s.
02:59:54 [build] Building static entrypoints...
03:00:08 [vite] ✓ built in 14.03s
03:00:19 [vite] ✓ built in 11.22s
03:00:19 [build] Rearranging server assets...

 generating static routes 
03:00:19   ├─ /404.html (+66ms) 
03:00:19   └─ /playground/index.html (+12ms) 
03:00:21 [starlight:pagefind] Building search index with Pagefind...
03:00:21 [WARN] [@astrojs/sitemap] The Sitemap integration requires the \`site\` astro.config option. Skipping.
03:00:21 [build] Complete!`;

test("Astro's own lines tell when each part of the build begins, once and in order", () => {
  const build = new BuildStages();
  const begun = output.split('\n').flatMap((line) => build.begunBy(line) ?? []);
  expect(begun.map((stage) => stages[stage])).toEqual([
    'bundling what writes the pages',
    'bundling what runs in them',
    'writing the pages',
    'making the search index',
  ]);
});

test('finds written pages and warnings in the output', () => {
  expect(output.split('\n').flatMap((line) => pageWritten(line) ?? [])).toEqual(['/404.html', '/playground/index.html']);
  expect(warningsIn(output)).toEqual([expect.stringContaining('The Sitemap integration')]);
  expect(warningsIn('(node:1416) ExperimentalWarning: stripTypeScriptTypes is an experimental feature')).toHaveLength(1);
  expect(warningsIn('03:00:21 [build] Complete!')).toEqual([]);
});
