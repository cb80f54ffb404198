/**
 * Part of `npm run check`: the subjects of new commits are shorter than 72 characters and begin with an area, as in
 * `timeline: Draw half-open connections`. Older commits are left as they are.
 */
import { execFileSync } from 'node:child_process';
import { root } from '../root.ts';
import { wrongSubjects } from './subject.ts';

/** The rule has held for commits made since then. */
const since = '2026-11-28T12:50:00Z';

/** Returns the subjects of the commits since then; undefined if this is no clone, such as an unpacked archive. */
function newSubjects(): string[] | undefined {
  try {
    const git = ['log', '--no-merges', `--since=${since}`, '--format=%s'];
    return execFileSync('git', git, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\n')
      .filter(Boolean);
  } catch {
    return undefined;
  }
}

const subjects = newSubjects();
if (!subjects) console.log('Commit subjects were not checked: there is no Git, or no history here.');
const wrong = wrongSubjects(subjects ?? []);
for (const { subject, why } of wrong) console.error(`Commit "${subject}": ${why}`);
if (wrong.length > 0) process.exitCode = 1;
