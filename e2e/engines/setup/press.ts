/** One press that arrives, be it that the element moves: what the page has to say, and the tries. */

/**
 * Waits until an element has been where it is for five frames and 100 ms: what is loaded or opened above it may move it, and a press would
 * miss. Notes from then on whether the element is pressed. It is handed to the engines as its text and runs in the page, so it
 * uses nothing of this module.
 */
export async function untilStill(element: Element): Promise<void> {
  const seen = globalThis as { isPressed?: boolean };
  element.addEventListener('click', () => void (seen.isPressed = true), { once: true });
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

/** Whether the element was pressed, within two seconds (a busy engine hands a press on late, and a second one would undo a toggle); undefined where the page has gone, as the press of a link has it. Runs in the page too. */
export async function isPressed(): Promise<boolean | undefined> {
  const seen = globalThis as { isPressed?: boolean };
  for (const began = performance.now(); seen.isPressed === false && performance.now() - began < 2000;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return seen.isPressed;
}

/** What an engine has to do for a press. */
export interface Pressing {
  /** Sets `globalThis.isPressed` in the page to false. */
  begin(): Promise<unknown>;
  untilStill(): Promise<unknown>;
  press(): Promise<unknown>;
  isPressed(): Promise<boolean | undefined | null>;
}

/** A press that misses is tried again; one that arrived never is, however late it is told. Rejects after five. */
export async function pressOnce(what: string, pressing: Pressing): Promise<void> {
  await pressing.begin();
  for (let tries = 0; tries < 5; tries++) {
    await pressing.untilStill();
    if (tries > 0 && (await pressing.isPressed()) !== false) return;
    await pressing.press();
    if ((await pressing.isPressed()) !== false) return;
  }
  throw new Error(`${what} was pressed five times, and each time something else was in its place.`);
}
