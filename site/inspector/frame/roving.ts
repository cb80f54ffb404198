/** Gives many buttons one tab stop: arrow keys move between them, Home and End go to the first and last (ARIA APG, grids). */
import { useState } from 'preact/hooks';

/** Handlers for the element around the buttons, and the position in the document of the button that is the tab stop. */
export interface Roving {
  current: number;
  onKeyDown(event: KeyboardEvent): void;
  onFocusIn(event: FocusEvent): void;
}

const buttonsIn = (group: EventTarget | null): HTMLButtonElement[] =>
  group instanceof Element ? Array.from(group.querySelectorAll<HTMLButtonElement>('[data-roving]')) : [];

/** Returns the handlers and the tab stop. `perRow` is how far up and down move. */
export function useRoving(perRow: number): Roving {
  const [current, setCurrent] = useState(0);
  return {
    current,
    onFocusIn({ currentTarget, target }) {
      const at = buttonsIn(currentTarget).indexOf(target as HTMLButtonElement);
      if (at >= 0) setCurrent(at);
    },
    onKeyDown(event) {
      const buttons = buttonsIn(event.currentTarget);
      const at = buttons.indexOf(event.target as HTMLButtonElement);
      const steps: Record<string, number> = {
        ArrowLeft: at - 1,
        ArrowRight: at + 1,
        ArrowUp: at - perRow,
        ArrowDown: at + perRow,
        Home: 0,
        End: buttons.length - 1,
      };
      const to = steps[event.key];
      if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus();
    },
  };
}
