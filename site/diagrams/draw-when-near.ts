/** Draws the diagrams that came as their source, each when the reader comes near. Mermaid is fetched for the first of them. */

/** Where a drawing is to come: the source stands in it, and its `data-draw` is the id that the drawing gets. */
const places = '[data-draw]';

/** So that it is mostly drawn before it is seen, and what is being read does not move. */
const margin = '600px';

/** Begins to look out for them. */
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

/** Puts the drawing in the place of its source, or says there why it could not be drawn. */
async function drawIn(place: HTMLElement): Promise<void> {
  try {
    const { drawInPage } = await import('./draw-in-page.ts');
    place.replaceChildren(await drawInPage(place.dataset.draw ?? '', place.querySelector('code')?.textContent ?? ''));
    // Who cannot see it has the words beside it, as with a drawing that came with the page.
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
