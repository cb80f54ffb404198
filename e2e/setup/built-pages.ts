/** Finds the lessons among the pages of the built site. */
import { pagesOf } from '../../scripts/build/site-build.ts';

/** Returns the addresses of the built lessons, such as `/1-4-full-duplex/`. */
export function builtLessons(): string[] {
  return pagesOf().filter((page) => /^\/\d-\d+-/.test(page));
}
