/**
 * Writes the search index again. In the build, Pagefind's service writes it, but says it is done before its files are, and is
 * then ended: on a busy machine the files are truncated or empty (Pagefind's issue 1271; mended after 1.5.2). Pagefind's command
 * waits for them.
 */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../root.ts';

const command = join(root, 'node_modules', 'pagefind', 'lib', 'runner', 'bin.cjs');

/** Indexes the built site in `folder`, into its folder `pagefind`. Throws with Pagefind's output if it fails. */
export async function writeSearchIndex(folder: string): Promise<void> {
  // Remove the old index: Pagefind would keep a file that already has the right name.
  await rm(join(folder, 'pagefind'), { recursive: true, force: true });
  await promisify(execFile)(process.execPath, [command, '--site', folder]);
}
