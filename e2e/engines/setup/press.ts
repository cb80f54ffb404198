/** Makes one press arrive even if the element moves: the checks in the page, and the retries. */

/**
 * Waits until an element has stayed in place for five frames and 100 ms: what loads or opens above may move it, and a press would
 * miss. Also starts to note whether the element is pressed. The engines get this function as text and run it in the page, so it
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

/**
 * Returns whether the element was pressed within two seconds; undefined if the page has gone, as after pressing a link. It waits
 * because a busy engine delivers a press late, and a second press would undo a toggle. Runs in the page too.
 */
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

/** Retries a press that misses, but never one that arrived, however late we hear of it. Rejects after five misses. */
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
