import { beforeAll, expect, test } from 'vitest';
import { checkPatterns, type Named, readCode, runsIn, toBeAsked } from './engine-apis.ts';
import recorded from './engine-apis.json' with { type: 'json' };
import { missingHere } from './missing-here.ts';

/** Names that an engine lacks, the file that uses them all the same, and how that file checks for them first. */
const askedFirst: { names: RegExp; file: string; how: string }[] = [
  {
    names: /^(?:static )?Readable(?:ByteStreamController|StreamBYOB\w+)\b/,
    file: 'site/runner/sandboxed/traced/body.ts',
    how: 'typeof ReadableStreamBYOBReader, which WebKit has no more than streams of bytes',
  },
  {
    names: /^Request\.body$/,
    file: 'site/runner/sandboxed/traced/fetch.ts',
    how: 'compared with null alone, since in Firefox it is undefined for every Request',
  },
  {
    names: /^Readable(?:ByteStreamController|StreamBYOB\w+)\b/,
    file: 'in-page/browser/fetch/response-body.ts',
    how: 'typeof ReadableStreamBYOBReader, likewise',
  },
  {
    names: /^Request\.body$/,
    file: 'in-page/browser/fetch/program-requests.ts',
    how: 'compared with null alone, likewise',
  },
  {
    names: /^(?:Navigator\.clipboard|Clipboard\.writeText)$/,
    file: 'site/playground/share-address.ts',
    how: 'within a try, with the address to be copied by hand where that fails: a page without TLS has no clipboard',
  },
  {
    names: /^Touch(?:Event|List)\./,
    file: 'site/timeline/player/gestures.ts',
    how: 'of an event that only a browser for fingers has',
  },
];

let named: Named;
beforeAll(() => void (named = readCode()), 240_000);

test('the engines were asked for every API that the code names', () => {
  const unasked = (['page', 'worker'] as const).flatMap((where) => {
    const asked = new Set<string>(recorded.asked[where]);
    return toBeAsked(named, where).asked.filter((name) => !asked.has(name));
  });
  const says = 'lint/engine-apis.json does not cover these. Ask the three engines again (CONTRIBUTING.md, Tests).';
  expect(unasked, says).toEqual([]);
});

test('the code checks for an API that one of the three engines lacks before it uses it', () => {
  const unguarded: string[] = [];
  const used = new Set<RegExp>();
  for (const [place, missing] of Object.entries(recorded.missing)) {
    const where = place.includes('worker') ? 'worker' : 'page';
    for (const name of missing) {
      for (const file of named.apis.get(name) ?? []) {
        if (runsIn(file) !== where) continue;
        const guard = askedFirst.find((one) => one.file === file && one.names.test(name));
        if (guard) used.add(guard.names);
        else unguarded.push(`${name} in ${file}: ${place} has none`);
      }
    }
  }
  expect([...new Set(unguarded)]).toEqual([]);
  // The list holds no outdated entry.
  expect(askedFirst.filter(({ names }) => !used.has(names))).toEqual([]);
});

test('the check that runs in each engine tells the APIs it has from those it lacks', () => {
  const there = [
    'fetch',
    'Array.at',
    'static URL.parse',
    'Error.cause',
    'console.log',
    'RegExp.lastIndex',
    'Intl.NumberFormat.format',
    'Math.max',
  ];
  const missing = ['noSuchThing', 'Array.noSuchThing', 'static Array.at', 'NoSuchThing.at', 'Intl.NoSuchThing.format'];
  expect(missingHere([...there, ...missing])).toEqual(missing);
});

test('a pattern that matches no file fails, in words', () => {
  const files = ['site/vite/one.ts', 'protocol/two.ts'];
  expect(() => checkPatterns([/^site\/vite/, /two/], files)).not.toThrow();
  expect(() => checkPatterns([/two/, /^site\/moved/], files)).toThrow(
    'Patterns in lint/engine-apis.ts match no file: /^site\\/moved/. Mend or remove them.',
  );
});
