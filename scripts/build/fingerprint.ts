/** Works out whether what something is built from has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Yields the paths of all files below a folder, in order; of a file, its own. */
export function* filesBelow(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) yield path;
  else for (const name of readdirSync(path).sort()) yield* filesBelow(join(path, name));
}

/**
 * Returns a fingerprint of these words and of these inputs, files and folders below `root`, without their tests. Throws if an
 * input does not exist: passed over, it would leave out what was moved or renamed, and a change there would build nothing.
 */
export function fingerprintOf(root: string, inputs: readonly string[], words: string): string {
  const absent = inputs.filter((input) => !existsSync(join(root, input)));
  if (absent.length > 0) {
    throw new Error(`Inputs of the build do not exist: ${absent.join(', ')}. scripts/build/site-build.ts lists them.`);
  }
  const hash = createHash('sha256').update(words);
  for (const input of inputs) {
    for (const file of filesBelow(join(root, input))) {
      if (!file.includes('.test.')) hash.update(file.slice(root.length)).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}
