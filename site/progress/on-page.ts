/**
 * Stores that the reader opened a lesson or passed an exercise, and shows their progress on the page. Runs as the page's last
 * script before it is painted, so that the marks are there at once; the page holds their places without it.
 */
import { lessonState, type LessonState, type Progress, progressText, readProgress } from './progress.ts';

const key = 'progress';
const words: Record<LessonState, string> = { none: '', read: 'begun', done: 'done' };

/** The progress if storage is closed to the page: then it lasts as long as the page. */
let unkept: Progress = readProgress(null);
function kept(): Progress {
  try {
    return readProgress(localStorage.getItem(key));
  } catch {
    return unkept;
  }
}
function keep(progress: Progress): void {
  unkept = progress;
  try {
    if (progress.read.size + progress.passed.size > 0) localStorage.setItem(key, progressText(progress));
    else localStorage.removeItem(key);
  } catch {
    // Storage is closed: `unkept` has it.
  }
  show();
}

function show(): void {
  const progress = kept();
  for (const mark of document.querySelectorAll<HTMLElement>('[data-mark-of]')) {
    const state = lessonState(progress, mark.dataset['markOf'] ?? '', Number(mark.dataset['exercises']));
    mark.dataset['state'] = state;
    if (state === 'none') for (const name of ['role', 'aria-label']) mark.removeAttribute(name);
    else {
      mark.role = 'img';
      mark.ariaLabel = words[state];
    }
  }
  showPath(progress);
}

/** Shows on the home page how many lessons are done, where to go on, and the button to forget it all. */
function showPath(progress: Progress): void {
  const path = document.querySelector<HTMLElement>('[data-path]');
  if (!path) return;
  const marks = [...path.querySelectorAll<HTMLElement>('[data-mark-of]')];
  const done = marks.filter((mark) => mark.dataset['state'] === 'done').length;
  const isBegun = progress.read.size + progress.passed.size > 0;
  const line = path.querySelector<HTMLElement>('[data-so-far]');
  if (line) {
    line.hidden = !isBegun;
    const said = line.querySelector('span');
    if (said) said.textContent = `${done} of ${marks.length} lessons done. This is kept only in your browser.`;
  }
  const next = marks.find((mark) => mark.dataset['state'] !== 'done')?.closest('a');
  const start = document.querySelector<HTMLAnchorElement>('[data-start]');
  if (!start) return;
  start.dataset['start'] ||= `${start.getAttribute('href') ?? ''} ${start.textContent}`;
  const [href = '', ...label] = start.dataset['start'].split(' ');
  const goesOn = isBegun && next;
  start.href = goesOn ? next.href : href;
  start.textContent = goesOn ? `Go on with lesson ${next.querySelector('.figure')?.textContent ?? ''}` : label.join(' ');
}

const here = document.querySelector<HTMLElement>('[aria-current="page"] [data-mark-of]')?.dataset['markOf'];
const before = kept();
if (here && !before.read.has(here)) keep({ ...before, read: new Set([...before.read, here]) });
else show();

// A playground sends this when its check passes the reader's own program; claims and choices, when all are answered right.
document.addEventListener('exercise-passed', ({ target }) => {
  const exercise = (target as Element).closest<HTMLElement>('[data-example]')?.dataset['example'] ?? (here && `${here}/answers`);
  const progress = kept();
  if (exercise) keep({ ...progress, passed: new Set([...progress.passed, exercise]) });
});
document.addEventListener('click', ({ target }) => {
  if ((target as Element).closest('[data-forget]')) keep({ read: new Set(), passed: new Set() });
});
// Another page may have changed it, in another tab or while the back/forward cache kept this one.
addEventListener('storage', show);
addEventListener('pageshow', ({ persisted }) => persisted && show());
