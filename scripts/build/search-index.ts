/**
 * Writes the search index anew. In the build it is written by Pagefind's service, which says that it is done before its files are, and
 * is then ended: on a busy machine they end in the middle, or are empty (Pagefind's issue 1271; mended after 1.5.2). Its command waits.
 */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../root.ts';

const command = join(root, 'node_modules', 'pagefind', 'lib', 'runner', 'bin.cjs');

/** Indexes the built site in `folder`, into its folder `pagefind`. Throws with what Pagefind said where it fails. */
export async function writeSearchIndex(folder: string): Promise<void> {
  // What is there by its name would be left as it is.
  await rm(join(folder, 'pagefind'), { recursive: true, force: true });
  await promisify(execFile)(process.execPath, [command, '--site', folder]);
}
