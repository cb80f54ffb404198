/** The fonts of the page's own text, as a self-contained style: a viewer of the picture fetches nothing more. */

/** A picture has no icons, so this leaves out the editor's icon font. */
const ours = /\.woff2(?:$|\?)/;

/** Returns the rules of a sheet; none for another site's sheet, such as a translator's, which cannot be read. */
function rulesOf(sheet: CSSStyleSheet): CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    return [];
  }
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Returns the page's `@font-face` rules with their files embedded; a rule is left out if its file cannot be fetched. */
export async function pageFaces(): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => rulesOf(sheet).map((rule) => [rule, sheet.href] as const));
  const faces = rules.map(async ([rule, sheet]) => {
    if (!(rule instanceof CSSFontFaceRule)) return '';
    const address = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
    if (address === undefined || !ours.test(address)) return '';
    const response = await fetch(new URL(address, sheet ?? location.href)).catch(() => undefined);
    const bytes = response?.ok ? await response.arrayBuffer().catch(() => undefined) : undefined;
    if (!bytes) return '';
    const data = base64(new Uint8Array(bytes));
    return rule.cssText.replace(/src:[^;]+;/, `src: url(data:font/woff2;base64,${data}) format("woff2");`);
  });
  return (await Promise.all(faces)).join('');
}
