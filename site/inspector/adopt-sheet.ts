/**
 * Adopts the style sheet of a part that loads on demand. With a plain import, Astro would link the sheet from every page that may
 * want the part; with `?inline` it is text inside the part itself.
 */
export function adoptSheet(text: string): void {
  if (typeof document === 'undefined') return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}
