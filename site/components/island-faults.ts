/**
 * Inline on every page: a part of it that does not start says so, on its console where it has one. Its own script, which would say it
 * otherwise, is what did not come.
 */
addEventListener('astro:hydration-error', (event) => {
  const { target } = event;
  if (!(target instanceof Element)) return;
  const thrown = (event as CustomEvent<{ error?: unknown } | null>).detail?.error;
  const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const line = document.createElement('p');
  line.className = 'pg-line part-failed';
  line.textContent = `This part of the page did not start (${words}). Is the server still running? Then the page is of an older build: reload it.`;
  const log = target.querySelector('[role=log]');
  if (log) return log.replaceChildren(line);
  line.setAttribute('role', 'alert');
  target.before(line);
});
