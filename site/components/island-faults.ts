/**
 * Runs inline on every page and tells the reader when a part of it does not start, on the part's console if it has one. The
 * part's own script cannot tell them, because that script is what did not load.
 */
const whatToDo = 'If the server is still running, this page comes from an older build: reload it.';
addEventListener('astro:hydration-error', (event) => {
  const { target } = event;
  if (!(target instanceof Element)) return;
  const thrown = (event as CustomEvent<{ error?: unknown } | null>).detail?.error;
  const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const line = document.createElement('p');
  line.className = 'pg-line part-failed';
  line.textContent = `This part of the page did not start (${words}). ${whatToDo}`;
  const log = target.querySelector('[role=log]');
  if (log) return log.replaceChildren(line);
  line.setAttribute('role', 'alert');
  target.before(line);
});

/** Tells the reader when one of the page's own scripts did not load: a button may depend on it, and nothing else would say so. */
addEventListener(
  'error',
  ({ target }) => {
    if (!(target instanceof HTMLScriptElement)) return;
    const say = (): void => {
      if (document.querySelector('.script-failed')) return;
      const line = document.createElement('p');
      line.className = 'part-failed script-failed';
      line.setAttribute('role', 'alert');
      line.textContent = `A part of this page did not load (${new URL(target.src).pathname}). ${whatToDo}`;
      (document.querySelector('main') ?? document.body).prepend(line);
    };
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', say);
    else say();
  },
  true,
);
