import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lessonPlace } from './curriculum.ts';
import { sidebar } from './sidebar.ts';

const content = new URL('../content/', import.meta.url);
const lessons = sidebar(content)
  .flatMap(({ items }) => items.map(({ slug }) => slug))
  .filter((slug) => lessonPlace(slug));

/** Returns the page that the last line of a lesson leads to. */
function nextOf(slug: string): string | undefined {
  const last =
    readFileSync(new URL(`${slug}/index.mdx`, content), 'utf8')
      .trimEnd()
      .split('\n\n')
      .at(-1) ?? '';
  return /^\*\*Next:\*\*[^]*\]\(\/([^)]+)\/\)/.exec(last)?.[1];
}

describe('a lesson', () => {
  test.each(lessons.slice(0, -1).map((slug, at) => [slug, lessons[at + 1]]))(
    '%s ends with a link to what comes next, %s',
    (slug, next) => {
      expect(nextOf(slug)).toBe(next);
    },
  );

  test('leads on even at the end of the course', () => {
    expect(nextOf(lessons.at(-1) ?? '')).toBeTruthy();
  });
});
