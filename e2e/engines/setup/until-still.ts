/**
 * Waits until an element has been where it is for five frames and 100 ms: what is loaded or opened above it may move it, and a press would miss. It is
 * handed to the engines as its text and runs in the page, so it uses nothing of this module.
 */
export async function untilStill(element: Element): Promise<void> {
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const place = (): string => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height].join(' ');
  };
  let before = '';
  let since = 0;
  for (let same = 0; same < 5 || performance.now() - since < 100;) {
    await new Promise(requestAnimationFrame);
    const now = place();
    if (now !== before) since = performance.now();
    same = now === before ? same + 1 : 0;
    before = now;
  }
}
