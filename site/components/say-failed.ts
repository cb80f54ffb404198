/** Says in the place of a part of the page that it did not come, until it is wanted again. */
export function sayFailed(place: Element, thrown: unknown): void {
  forgetFailed(place);
  const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const line = document.createElement('p');
  line.setAttribute('role', 'alert');
  line.className = 'part-failed';
  line.textContent = `This part of the page did not load (${words}). Is the server still running? Then the page is of an older build: reload it.`;
  place.append(line);
}

/** It is wanted again. */
export function forgetFailed(place: Element): void {
  place.querySelector(':scope > .part-failed')?.remove();
}
