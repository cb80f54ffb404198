/** The faces of the page's own text, as a style that needs nothing else: where a picture is looked at, nothing more is fetched. */

/** A picture has no icons: the editor's, a face of its own, are not among ours. */
const ours = /\.woff2(?:$|\?)/;

/** The rules of a sheet; none of another site's, which cannot be read, such as a translator's. */
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

/** The page's `@font-face` rules with their files written into them; one whose file cannot be had is left out. */
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
