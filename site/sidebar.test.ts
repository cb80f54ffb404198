import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lessonPlace } from './curriculum.ts';
import { sidebar } from './sidebar.ts';

const content = new URL('../content/', import.meta.url);
const lessons = sidebar(content)
  .flatMap(({ items }) => items.map(({ slug }) => slug))
  .filter((slug) => lessonPlace(slug));

/** Where the last line of a lesson leads. */
function nextOf(slug: string): string | undefined {
  const last =
    readFileSync(new URL(`${slug}/index.mdx`, content), 'utf8')
      .trimEnd()
      .split('\n\n')
      .at(-1) ?? '';
  return /^\*\*Next:\*\*[^]*\]\(\/([^)]+)\/\)/.exec(last)?.[1];
}

describe('a lesson', () => {
  test.each(lessons.slice(0, -1).map((slug, at) => [slug, lessons[at + 1]]))('%s ends with what comes next, %s', (slug, next) => {
    expect(nextOf(slug)).toBe(next);
  });

  test('at the end of the course leads on too', () => {
    expect(nextOf(lessons.at(-1) ?? '')).toBeTruthy();
  });
});
