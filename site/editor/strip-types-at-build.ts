/** TypeScript to JavaScript when the site is built: types become spaces, so that lines and columns stay. Runs in Node alone. */
import { stripTypeScriptTypes } from 'node:module';

/** The JavaScript of `source`. Throws a SyntaxError for syntax that cannot be erased (enums, namespaces) or is wrong. */
export function stripTypesAtBuild(source: string): string {
  return stripTypeScriptTypes(source, { mode: 'strip' });
}
