import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** Returns the colours of the block that begins with `selector`, by name. */
function colours(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}', 1)[0] ?? '';
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]));
}

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const themes = { light: colours(':root'), dark: colours(":root[data-theme='dark']") };
const papers = ['paper', 'paper-raised', 'paper-sunk'];

it('has the same colours in both themes', () => {
  expect(Object.keys(themes.dark)).toEqual(Object.keys(themes.light));
});

describe.each(Object.entries(themes))('in the %s theme', (_, theme) => {
  const contrasts = (names: string[], on: string[]): [pair: string, ratio: number][] =>
    names.flatMap((name) =>
      on.map((paper): [string, number] => [`${name} on ${paper}`, contrast(theme[name] ?? '', theme[paper] ?? '')]),
    );
  const below = (ratio: number, names: string[], on = papers): [string, number][] =>
    contrasts(names, on).filter(([, reached]) => !(reached >= ratio));

  it('has 7 : 1 for text that is read, on every paper (WCAG AAA)', () => {
    expect(below(7, ['ink', 'ink-soft'])).toEqual([]);
  });

  it('has 4.5 : 1 for every colour that words and figures are set in, on every paper (WCAG AA)', () => {
    const words = [
      'accent',
      'c2s',
      's2c',
      'both',
      'control',
      'trouble',
      'code-keyword',
      'code-string',
      'code-name',
      'code-comment',
    ];
    expect(below(4.5, words)).toEqual([]);
  });

  it('has 4.5 : 1 for words on a coloured ground', () => {
    expect(below(4.5, ['accent-ink'], ['accent'])).toEqual([]);
    expect(below(4.5, ['ink', 'ink-soft'], ['accent-soft', 'c2s-soft', 's2c-soft', 'trouble-soft'])).toEqual([]);
  });

  it('has 3 : 1 for the edges of what can be pressed, and for focus', () => {
    expect(below(3, ['rule-strong', 'focus'])).toEqual([]);
  });

  it('tells the two directions apart by lightness, without their hue', () => {
    expect(contrast(theme['c2s'] ?? '', theme['s2c'] ?? '')).toBeGreaterThan(1.4);
  });
});
