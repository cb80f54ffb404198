/** Gives Monaco the page's own colours, light and dark: reads the custom properties, again whenever the theme changes. */
import { editor } from './features.ts';

const name = 'duplex';

/** Gives all editors the page's theme, now and whenever it changes. Returns a function that stops this. */
export function followTheme(element: Element): () => void {
  const apply = (): void => {
    defineTheme(element);
    editor.setTheme(name);
  };
  apply();
  const observer = new MutationObserver(apply);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

function defineTheme(element: Element): void {
  const style = getComputedStyle(element);
  const colour = (property: string): string => toHex(style.getPropertyValue(property).trim());
  const rule = (token: string, property: string) => ({ token, foreground: colour(property).slice(1) });
  const accent = colour('--accent');
  editor.defineTheme(name, {
    base: isDark(colour('--paper-raised')) ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      rule('', '--ink'),
      rule('keyword', '--code-keyword'),
      rule('keyword.other', '--code-string'),
      rule('string', '--code-string'),
      rule('regexp', '--code-string'),
      rule('number', '--code-name'),
      rule('type.identifier', '--code-name'),
      rule('comment', '--code-comment'),
    ],
    colors: {
      'editor.background': colour('--paper-raised'),
      'editor.foreground': colour('--ink'),
      'editorLineNumber.foreground': colour('--code-comment'),
      'editorLineNumber.activeForeground': colour('--code-comment'),
      'editorCursor.foreground': colour('--ink'),
      'editor.selectionBackground': `${accent}4d`,
      'editor.inactiveSelectionBackground': `${accent}26`,
      'editorBracketMatch.background': `${accent}26`,
      'editorBracketMatch.border': colour('--rule-strong'),
      'editor.findMatchBackground': `${accent}4d`,
      'editor.findMatchHighlightBackground': `${accent}26`,
      'editorError.foreground': colour('--trouble'),
      'editorWarning.foreground': colour('--s2c'),
      'editorWidget.background': colour('--paper-raised'),
      'editorWidget.foreground': colour('--ink'),
      'editorWidget.border': colour('--rule-strong'),
      'editorHoverWidget.background': colour('--paper-raised'),
      'editorHoverWidget.border': colour('--rule-strong'),
      'editorSuggestWidget.background': colour('--paper-raised'),
      'editorSuggestWidget.border': colour('--rule-strong'),
      'editorSuggestWidget.foreground': colour('--ink'),
      'editorSuggestWidget.selectedBackground': colour('--accent-soft'),
      'editorSuggestWidget.selectedForeground': colour('--ink'),
      'editorSuggestWidget.highlightForeground': accent,
      'editorSuggestWidget.focusHighlightForeground': accent,
      'input.background': colour('--paper'),
      'input.foreground': colour('--ink'),
      'input.border': colour('--rule-strong'),
      focusBorder: colour('--focus'),
      'scrollbarSlider.background': `${colour('--rule-strong')}66`,
      'scrollbarSlider.hoverBackground': `${colour('--rule-strong')}99`,
      'scrollbarSlider.activeBackground': `${colour('--rule-strong')}cc`,
      'scrollbar.shadow': '#00000000',
    },
  });
}

/** Returns any CSS colour as `#rrggbb`: Monaco reads nothing else. */
function toHex(colour: string): string {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return '#808080';
  context.fillStyle = colour;
  return context.fillStyle.startsWith('#') ? context.fillStyle : '#808080';
}

function isDark(hex: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
