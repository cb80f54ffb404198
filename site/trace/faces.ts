/** The faces that the page has fetched, as a style that needs nothing else: where a picture is looked at, nothing more is fetched. */

/** The page's `@font-face` rules with their files written into them; one whose file cannot be had is left out. */
export async function pageFaces(): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => [rule, sheet.href] as const));
  const faces = rules.map(async ([rule, sheet]) => {
    if (!(rule instanceof CSSFontFaceRule)) return '';
    const address = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
    if (address === undefined) return '';
    const response = await fetch(new URL(address, sheet ?? location.href)).catch(() => undefined);
    if (!response?.ok) return '';
    const data = btoa(String.fromCharCode(...new Uint8Array(await response.arrayBuffer())));
    return rule.cssText.replace(/src:[^;]+;/, `src: url(data:font/woff2;base64,${data}) format("woff2");`);
  });
  return (await Promise.all(faces)).join('');
}
