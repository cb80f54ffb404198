/**
 * The sheet of a part that comes when it is wanted. Imported as usual, Astro would link it from every page that may want the part: with
 * `?inline` it is a text of the part's own.
 */
export function adoptSheet(text: string): void {
  if (typeof document === 'undefined') return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}
