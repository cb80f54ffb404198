/**
 * Waits until an element is where it was for three frames: what is loaded or opened above it may move it, and a press would miss. It is
 * handed to the engines as its text and runs in the page, so it uses nothing of this module.
 */
export async function untilStill(element: Element): Promise<void> {
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const place = (): string => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height].join(' ');
  };
  let before = '';
  for (let same = 0; same < 3;) {
    await new Promise(requestAnimationFrame);
    const now = place();
    same = now === before ? same + 1 : 0;
    before = now;
  }
}
