/** The parts of the course, and how a lesson's folder names its place: `content/1-4-crossing/` is lesson 1.4. */

/** A part of the course. */
export interface Part {
  number: number;
  title: string;
  /** One line, for the home page. */
  about: string;
}

export const parts: readonly Part[] = [
  { number: 1, title: 'Directions', about: 'One way, by turns, or both at once: what a channel can carry, measured.' },
  { number: 2, title: 'What HTTP can and cannot do', about: 'Requests, polling and event streams, and what each one costs.' },
  { number: 3, title: 'The WebSocket protocol', about: 'From the opening handshake to the close, byte by byte.' },
  { number: 4, title: 'Building with it', about: 'Chat, dashboards, games: servers of your own, with their limits.' },
];

/** A lesson's place in the course. */
export interface LessonPlace {
  part: number;
  lesson: number;
  /** As it is written: `1.4`. */
  number: string;
}

/** Returns the place that a slug or path such as `1-4-crossing` or `/1-4-crossing/` names; undefined for other pages. */
export function lessonPlace(slug: string): LessonPlace | undefined {
  const [, part, lesson] = /^\/?(\d)-(\d+)-[^/]+\/?$/.exec(slug) ?? [];
  return part && lesson ? { part: Number(part), lesson: Number(lesson), number: `${part}.${lesson}` } : undefined;
}

/** Compares two slugs of lessons, to sort them as they are taught. */
export function byPlace(a: string, b: string): number {
  const [left, right] = [lessonPlace(a), lessonPlace(b)];
  return (left?.part ?? 0) - (right?.part ?? 0) || (left?.lesson ?? 0) - (right?.lesson ?? 0);
}
