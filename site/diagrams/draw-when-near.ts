/** Draws each diagram that came as source when the reader comes near, and fetches Mermaid for the first one. */

/** Selects the places for drawings. Each holds the source, and its `data-draw` is the id for the drawing. */
const places = '[data-draw]';

/** Draws this far ahead, so that most drawings are ready before they are seen and do not move what is being read. */
const margin = '600px';

/** Starts to watch for undrawn diagrams that come near. */
export function drawWhenNear(): void {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting || !(target instanceof HTMLElement)) continue;
        observer.unobserve(target);
        void drawIn(target);
      }
    },
    { rootMargin: margin },
  );
  for (const place of document.querySelectorAll(places)) observer.observe(place);
}

/** Replaces the source with the drawing, or says above the source why it could not be drawn. */
async function drawIn(place: HTMLElement): Promise<void> {
  try {
    const { drawInPage } = await import('./draw-in-page.ts');
    place.replaceChildren(await drawInPage(place.dataset.draw ?? '', place.querySelector('code')?.textContent ?? ''));
    // Readers who cannot see it have the words beside it, as with a drawing that came with the page.
    place.ariaHidden = 'true';
  } catch (thrown) {
    const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    const line = document.createElement('p');
    line.setAttribute('role', 'alert');
    line.className = 'part-failed';
    line.textContent = `This diagram could not be drawn here (${words}). This is its source:`;
    place.prepend(line);
  }
}
