/**
 * Writes its policy into every page of the built site (Content Security Policy, level 3). The server repeats that policy in a
 * header, with what a page cannot say of itself; a static host need send nothing.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const charset = /<meta charset="utf-8" ?\/?>/i;
const policyMeta = /<meta http-equiv="content-security-policy"/i;

/** Writes a policy into every page below `folder` that has none. Throws an Error for a page without a place to put it. */
export function writePagePolicies(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.html')) continue;
    const file = join(folder, name);
    const html = readFileSync(file, 'utf8');
    if (policyMeta.test(html)) continue;
    if (!charset.test(html)) throw new Error(`Cannot give ${name} a policy: it has no <meta charset="utf-8"> to put it behind`);
    // A policy only applies to what comes after it, so put it first.
    const meta = `<meta http-equiv="Content-Security-Policy" content="${pagePolicy(html)}">`;
    writeFileSync(
      file,
      html.replace(charset, (first) => first + meta),
    );
  }
}

/**
 * Returns the policy of a page. It allows inline scripts by their hashes, and no other inline code.
 *
 * It is laxer about styles. Style attributes place marks and colour words of code; Monaco writes its own attributes and style
 * elements, and so does Mermaid while it draws, so only a page with neither can name its style elements by their hashes. A style
 * cannot send away what it might read: pictures and fonts come from this site alone.
 */
export function pagePolicy(html: string): string {
  const makesStyles = html.includes('PlaygroundIsland') || / data-draw="/.test(html);
  return [
    "default-src 'none'",
    // Search needs WebAssembly.
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashesOf('script', html)].join(' '),
    "style-src 'self' 'unsafe-inline'",
    ...(makesStyles ? [] : [["style-src-elem 'self'", ...hashesOf('style', html)].join(' ')]),
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Returns a hash source for the text of each inline `element`, without repeats. */
function hashesOf(element: 'script' | 'style', html: string): string[] {
  const elements = html.matchAll(new RegExp(`<${element}(?=[\\s>])([^>]*)>([^]*?)</${element}>`, 'gi'));
  const texts = [...elements].filter(([, attributes = '']) => !/\ssrc=/.test(attributes)).map(([, , text = '']) => text);
  return [...new Set(texts)].map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
}
