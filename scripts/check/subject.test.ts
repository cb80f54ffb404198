import { expect, test } from 'vitest';
import { wrongSubjects } from './subject.ts';

test('accepts a subject with its area that is shorter than 72 characters', () => {
  expect(wrongSubjects(['timeline: Draw half-open connections', 'sandbox-server: Count pongs once'])).toEqual([]);
  expect(wrongSubjects([`e2e: ${'A'.repeat(66)}`])).toEqual([]);
});

test('says what is wrong with a subject that is too long, or that names no area', () => {
  const long = `e2e: ${'A'.repeat(67)}`;
  expect(wrongSubjects([long, 'Draw half-open connections', 'timeline: draw them'])).toEqual([
    { subject: long, why: '72 characters; fewer than 72 are accepted' },
    ...['Draw half-open connections', 'timeline: draw them'].map((subject) => ({
      subject,
      why: 'begin with the area and a capital, as in "timeline: Draw half-open connections"',
    })),
  ]);
});
