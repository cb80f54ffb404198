import { describe, expect, it } from 'vitest';
import { byPlace, lessonPlace } from './curriculum.ts';

describe('lessonPlace', () => {
  it('reads the part and the lesson from a folder name, with or without slashes', () => {
    expect(lessonPlace('1-4-crossing')).toEqual({ part: 1, lesson: 4, number: '1.4' });
    expect(lessonPlace('/3-12-security/')).toEqual({ part: 3, lesson: 12, number: '3.12' });
  });

  it('is undefined for a page that is not a lesson', () => {
    for (const slug of ['', '/', 'playground', 'reference/1-close-codes', '1-4']) expect(lessonPlace(slug)).toBeUndefined();
  });
});

it('orders lesson 3.2 before 3.10, which text order would not', () => {
  expect(['3-10-reconnecting', '1-4-crossing', '3-2-handshake'].sort(byPlace)).toEqual([
    '1-4-crossing',
    '3-2-handshake',
    '3-10-reconnecting',
  ]);
});
