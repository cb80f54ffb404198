/** Reads the page's colours and faces for the canvas, which cannot use custom properties itself. */
import type { Direction } from '../../../protocol/wire/direction.ts';

export type Palette = Record<
  | Direction
  | 'c2sSoft'
  | 'troubleSoft'
  | 's2cSoft'
  | 'paper'
  | 'sunk'
  | 'ink'
  | 'inkSoft'
  | 'rule'
  | 'accent'
  | 'both'
  | 'control'
  | 'trouble'
  | 'mono'
  | 'sans',
  string
>;

const names: Record<keyof Palette, string> = {
  'client-to-server': '--c2s',
  'server-to-client': '--s2c',
  c2sSoft: '--c2s-soft',
  troubleSoft: '--trouble-soft',
  s2cSoft: '--s2c-soft',
  paper: '--paper-raised',
  sunk: '--paper-sunk',
  ink: '--ink',
  inkSoft: '--ink-soft',
  rule: '--rule',
  accent: '--accent',
  both: '--both',
  control: '--control',
  trouble: '--trouble',
  mono: '--mono',
  sans: '--sans',
};

/** Returns the custom properties that apply to an element. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  return Object.fromEntries(Object.entries(names).map(([key, name]) => [key, style.getPropertyValue(name).trim()])) as Palette;
}

/** Calls back when the page's switch or the system changes the theme. Returns a function that stops it. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  // Also listen to the system's theme, and to printing: on paper everything is light.
  const media = ['(prefers-color-scheme: dark)', 'print'].map((query) => matchMedia(query));
  for (const one of media) one.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    for (const one of media) one.removeEventListener('change', changed);
  };
}
