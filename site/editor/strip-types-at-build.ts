/** Turns TypeScript into JavaScript when the site is built: types become spaces, so lines and columns stay. Runs only in Node. */
import { stripTypeScriptTypes } from 'node:module';

/** Returns the JavaScript of `source`. Throws a SyntaxError for syntax that is wrong or cannot be erased (enums, namespaces). */
export function stripTypesAtBuild(source: string): string {
  return stripTypeScriptTypes(source, { mode: 'strip' });
}
