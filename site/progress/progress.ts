/** How far a reader has come, kept in their own browser and nowhere else. */

/** What is kept. */
export interface Progress {
  /** Lessons that the reader has opened, by slug. */
  read: ReadonlySet<string>;
  /** Exercises that the reader's own program has passed, by their folder, such as `1-4-full-duplex/two-each-way`. */
  passed: ReadonlySet<string>;
}

/** What a lesson's mark shows. */
export type LessonState = 'none' | 'read' | 'done';

/** Returns the state of a lesson with `exercises` exercises: done once all are passed or, if it has none, once it was read. */
export function lessonState({ read, passed }: Progress, slug: string, exercises: number): LessonState {
  const own = [...passed].filter((exercise) => exercise.startsWith(`${slug}/`)).length;
  if (exercises > 0 ? own >= exercises : read.has(slug)) return 'done';
  return read.has(slug) || own > 0 ? 'read' : 'none';
}

/** Reads what `progressText` wrote. Returns no progress for anything else, which is not worth an error. */
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
