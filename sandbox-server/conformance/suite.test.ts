import { expect, test } from 'vitest';
import { type FrameCase, receive, send, text, failsWith, gotText, answered, close } from './case.ts';
import { groups, runCases } from './suite.ts';

const all = groups.flatMap(({ cases }) => cases);

test('every case has its own id, and a title that no other case in its family has', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  const titles = all.map(({ id, title }) => `${id.replace(/\.\d+$/, '')} ${title}`);
  expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual(
    titles.filter((title, i) => titles.indexOf(title) < i),
  );
  expect(all.length).toBeGreaterThan(301);
});

test('a server that does not do what a case asks for fails it, and the report says what it did instead', async () => {
  const wrong: Omit<FrameCase, 'id'>[] = [
    { title: 'other bytes', steps: [send([text('a')]), receive(gotText('b'))], ending: failsWith(1002) },
    { title: 'another code', steps: [send([close(1001)])], ending: answered(1000) },
    { title: 'something nobody asked for', steps: [send([text('a'), close(1000)])], ending: answered(1000) },
    { title: 'another ending', steps: [send([close(1000)])], ending: failsWith(1002) },
  ].map((one) => ({ ...one, section: '', profile: 'lifted' }));
  const outcomes = await runCases(wrong.map((one, i) => ({ ...one, id: String(i) })));
  expect(outcomes.map(({ detail }) => detail)).toEqual([
    'the text had other bytes',
    'the Close had 1001, not 1000',
    'a text came that nothing asked for',
    'the Close had 1000, not 1002',
  ]);
});
