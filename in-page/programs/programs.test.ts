import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { agreement, allPrograms, isRecorded, themes } from './all-programs.ts';
import { readRecording } from './recording.ts';
import { runInPage } from './running/run-in-page.ts';

const { version, transcripts } = readRecording();

describe.each(Object.entries(themes))(
  'programs as tutorials write them print in the page what they print on Node: %s',
  (_, programs) => {
    test.each(programs)('$name', async (program) => {
      const { byHand, differs, name } = program;
      const inPage = await runInPage(program);
      expect(inPage).toEqual(byHand?.transcript ?? { ...transcripts[name], ...differs?.inPage });
      if (differs) expect(inPage).not.toEqual(transcripts[name]);
    });
  },
);

test('the programs are many, have names of their own, and say why they differ', () => {
  expect(new Set(allPrograms.map(({ name }) => name)).size).toBe(allPrograms.length);
  const { agree, byHand, differences } = agreement();
  expect(agree).toBeGreaterThanOrEqual(65);
  expect(agree + byHand + differences.length).toBe(allPrograms.length);
  for (const { why } of differences) expect(why).toMatch(/\w.{20,}\.$/);
});

test('the recording has every program as the installed ws runs it, and no other; where not, record-real.ts makes it anew', () => {
  const installed = JSON.parse(readFileSync('node_modules/ws/package.json', 'utf8')) as { version: string };
  expect(version).toBe(installed.version);
  const recorded = allPrograms.filter(isRecorded);
  expect(Object.keys(transcripts).sort()).toEqual(recorded.map(({ name }) => name).sort());
  for (const { name, clients } of recorded) {
    const transcript = transcripts[name] ?? {};
    expect(Object.keys(transcript)).toEqual(['server', ...clients.map((client) => client.name)]);
    expect(Object.values(transcript).flat()).not.toContain('timed out');
    expect(clients.flatMap((client) => transcript[client.name])).not.toEqual([]);
  }
});
