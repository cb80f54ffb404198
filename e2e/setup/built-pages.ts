/** The pages of the built site that are lessons. */
import { pagesOf } from '../../scripts/build/site-build.ts';

/** Their addresses, such as `/1-4-full-duplex/`. */
export function builtLessons(): string[] {
  return pagesOf().filter((page) => /^\/\d-\d+-/.test(page));
}
