import { codeTokensOf, tokensOf } from '../tokens/tokens.ts';
import { usesGlobal, type ClientPlace } from './client-place.ts';

/** Returns a client as a page. `base` is the address of its server, of scheme `http` or `https`. */
export function pageClient(code: string, { because }: ClientPlace, base: URL): string {
  const tokens = codeTokensOf(code);
  const uses = (name: string): boolean => usesGlobal(tokens, name);
  const notes = [`Open this file in a browser, because ${because}. What it logs is in the browser's console (F12).`];
  // Also `window.location`.
  if (tokens.some(({ text }) => text === 'location'))
    notes.push(`It reads location, which is right only if ${base.origin} serves this file.`);
  else if (['fetch', 'EventSource', 'XMLHttpRequest'].some(uses)) {
    notes.push(`Unless ${base.origin} serves this file, its answers need the field Access-Control-Allow-Origin (CORS).`);
  }
  return [
    '<!doctype html>',
    `<!-- ${notes.join('\n     ')} -->`,
    '<meta charset="utf-8">',
    '<title>Client</title>',
    // Relative addresses are completed by it, those of WebSocket as well.
    `<base href="${base.href}">`,
    '<script type="module">',
    withoutTags(code),
    '</script>',
    '',
  ].join('\n');
}

/** Returns a program in which nothing ends the script element or hides its end (HTML §4.12.1.3). */
function withoutTags(code: string): string {
  let safe = '';
  let at = 0;
  for (const { kind, start, end } of tokensOf(code)) {
    // In literals an escape says the same; in comments and code, where `<!--` is `< !(--…)`, a space does.
    const instead = kind === 'comment' || kind === 'sign' ? '< ' : '\\x3C';
    // A sign ends before what makes it a tag.
    const text = code.slice(start, end);
    const isTag = kind === 'sign' && /^<(\/?script|!--)/i.test(code.slice(start, start + 8));
    safe += code.slice(at, start) + (isTag ? instead + text.slice(1) : text.replace(/<(?=\/?script|!--)/gi, () => instead));
    at = end;
  }
  return safe + code.slice(at);
}
