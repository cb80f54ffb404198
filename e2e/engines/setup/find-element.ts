/**
 * Finds an element by role and name. The engines get this function as text and run it in the page, so it uses nothing of this
 * module. Names are those that the pages use: `aria-label`, `aria-labelledby`, a `<label>`, the caption of a table, or the text.
 * Skips hidden elements, as a screen reader does.
 */
export function findElement(role: string, name: string, within: string | null): Element | null {
  const selectors: Record<string, string> = {
    button: 'button, summary, [role="button"], input[type="submit"]',
    textbox: 'textarea, input:not([type]), input[type="text"], input[type="search"], [role="textbox"], [contenteditable="true"]',
    region: 'section, [role="region"]',
    figure: 'figure, [role="figure"]',
    slider: 'input[type="range"], [role="slider"]',
    link: 'a[href]',
    table: 'table, [role="table"]',
    radio: 'input[type="radio"], [role="radio"]',
    checkbox: 'input[type="checkbox"], [role="checkbox"]',
  };
  const root = within === null ? document : document.querySelector(within);
  if (!root) return null;
  const textOf = (element: Element | null | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const nameOf = (element: Element): string => {
    const label = element.getAttribute('aria-label');
    if (label !== null) return label;
    const by = element.getAttribute('aria-labelledby');
    if (by !== null)
      return by
        .split(/\s+/)
        .map((id) => textOf(document.getElementById(id)))
        .join(' ');
    const labels = (element as HTMLInputElement).labels;
    if (labels && labels.length > 0) return Array.from(labels, textOf).join(' ');
    if (element instanceof HTMLTableElement && element.caption) return textOf(element.caption);
    return textOf(element);
  };
  const isShown = (element: Element): boolean =>
    element.closest('[aria-hidden="true"]') === null && element.checkVisibility({ visibilityProperty: true });
  const all = Array.from(root.querySelectorAll(selectors[role] ?? `[role="${role}"]`)).filter(isShown);
  return all.find((element) => nameOf(element) === name) ?? all.find((element) => nameOf(element).startsWith(name)) ?? null;
}
