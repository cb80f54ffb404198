import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readRecording } from './cases/recording.ts';
import { runInPage } from './cases/running/run-in-page.ts';
import { agreement, suites } from './cases/suite/all-cases.ts';

const { version, transcripts } = readRecording();

describe.each(Object.entries(suites))('the library in the page is like the real one: %s', (_suite, cases) => {
  test.each(cases)('$name', async (one) => {
    const real = transcripts[one.name];
    const inPage = await runInPage(one);
    if (one.differs === undefined) expect(inPage).toEqual(real);
    else expect(inPage).not.toEqual(real);
  });
});

test('the cases are many, have names of their own, and say why they differ', () => {
  const names = Object.values(suites).flatMap((cases) => cases.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  const { agree, differ, differences } = agreement();
  expect(agree).toBeGreaterThanOrEqual(120);
  expect(agree + differ).toBe(names.length);
  for (const { why } of differences) expect(why).toMatch(/\w.{20,}\.$/);
});

test('the recording has every case as the installed ws does it, and no other; where not, record-real.ts makes it anew', () => {
  const installed = JSON.parse(readFileSync('node_modules/ws/package.json', 'utf8')) as { version: string };
  expect(version).toBe(installed.version);
  const names = Object.values(suites).flatMap((cases) => cases.map(({ name }) => name));
  expect(Object.keys(transcripts).sort()).toEqual(names.sort());
  for (const transcript of Object.values(transcripts)) {
    expect(Object.values(transcript).flat()).not.toEqual([]);
    expect(transcript.uncaught).not.toContain('timed out');
  }
});
