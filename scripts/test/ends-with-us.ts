/** Sees to it that a run of the tests leaves nothing behind when it is ended by a signal: its teardown does not run then. */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const preload = `--import=${pathToFileURL(join(import.meta.dirname, 'end-with-parent.js')).href}`;

/** Has all Node programs that are started from now on, and those that they start, end when whoever started them has ended. */
export function endChildrenWithUs(): void {
  const options = process.env['NODE_OPTIONS'] ?? '';
  if (!options.includes(preload)) process.env['NODE_OPTIONS'] = `${options} ${preload}`.trim();
}
