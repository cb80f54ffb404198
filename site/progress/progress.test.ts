import { describe, expect, it } from 'vitest';
import { lessonState, progressText, readProgress } from './progress.ts';

const progress = readProgress('{"read":["1-1-a","1-5-b","3-1-c"],"passed":["1-1-a/x","3-1-c/x","3-10-d/x"]}');

describe('a lesson', () => {
  it('is done when all of its exercises are passed', () => {
    expect(lessonState(progress, '1-1-a', 1)).toBe('done');
    expect(lessonState(progress, '3-1-c', 2)).toBe('read');
  });

  it('is done when it was read, if it has no exercise', () => {
    expect(lessonState(progress, '1-5-b', 0)).toBe('done');
    expect(lessonState(progress, '1-6-e', 0)).toBe('none');
  });

  it('does not count the exercises of another lesson whose name begins alike', () => {
    expect(lessonState(progress, '3-1', 1)).toBe('none');
  });
});

it('survives being saved and read again', () => {
  expect(readProgress(progressText(progress))).toEqual(progress);
});

it('treats what it cannot read as no progress', () => {
  for (const text of [null, '', 'x', 'null', '[]', '{"read":5}', '{"passed":[1]}'])
    expect(readProgress(text)).toEqual({ read: new Set(), passed: new Set() });
});
