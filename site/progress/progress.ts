/** How far a reader has come. Kept in the reader's own browser and nowhere else. */

/** What is kept. */
export interface Progress {
  /** Lessons that were opened, by slug. */
  read: ReadonlySet<string>;
  /** Exercises that the reader's own program has passed, by their folder, such as `1-4-full-duplex/two-each-way`. */
  passed: ReadonlySet<string>;
}

/** What a lesson's mark shows. */
export type LessonState = 'none' | 'read' | 'done';

/** The state of a lesson that has so many exercises: done when all of them are passed, or it was read where it has none. */
export function lessonState({ read, passed }: Progress, slug: string, exercises: number): LessonState {
  const own = [...passed].filter((exercise) => exercise.startsWith(`${slug}/`)).length;
  if (exercises > 0 ? own >= exercises : read.has(slug)) return 'done';
  return read.has(slug) || own > 0 ? 'read' : 'none';
}

/** Reads what `progressText` wrote. Anything else is no progress: it is not worth an error. */
export function readProgress(text: string | null): Progress {
  const words = (list: unknown): Set<string> =>
    new Set(Array.isArray(list) ? list.filter((word) => typeof word === 'string') : []);
  try {
    const kept = JSON.parse(text ?? '{}') as { read?: unknown; passed?: unknown } | null;
    return { read: words(kept?.read), passed: words(kept?.passed) };
  } catch {
    return { read: new Set(), passed: new Set() };
  }
}

export function progressText({ read, passed }: Progress): string {
  return JSON.stringify({ read: [...read], passed: [...passed] });
}
