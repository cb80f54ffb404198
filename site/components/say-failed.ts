/** Says in `place` that this part of the page did not load, until `forgetFailed` is called. */
export function sayFailed(place: Element, thrown: unknown): void {
  forgetFailed(place);
  const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const line = document.createElement('p');
  line.setAttribute('role', 'alert');
  line.className = 'part-failed';
  line.textContent = `This part of the page did not load (${words}). If the server is still running, this page comes from an older build: reload it.`;
  place.append(line);
}

/** Removes what `sayFailed` said; call it when the part is wanted again. */
export function forgetFailed(place: Element): void {
  place.querySelector(':scope > .part-failed')?.remove();
}
