/**
 * Writes into every page of the built site the policy that it is shown under (Content Security Policy, level 3). The server
 * repeats in a header what it finds there, with what a page cannot say of itself; a static host need say nothing.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const charset = /<meta charset="utf-8" ?\/?>/i;
const policyMeta = /<meta http-equiv="content-security-policy"/i;

/** Puts a policy into every page below `folder` that has none. Throws an Error for a page without a head to put it into. */
export function writePagePolicies(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.html')) continue;
    const file = join(folder, name);
    const html = readFileSync(file, 'utf8');
    if (policyMeta.test(html)) continue;
    if (!charset.test(html)) throw new Error(`Cannot give ${name} a policy: it has no <meta charset="utf-8"> to put it behind`);
    // A policy holds for what comes after it: so it comes first.
    const meta = `<meta http-equiv="Content-Security-Policy" content="${pagePolicy(html)}">`;
    writeFileSync(
      file,
      html.replace(charset, (first) => first + meta),
    );
  }
}

/**
 * The policy of a page. Its inline scripts run by their hashes; nothing else that stands in the page does.
 *
 * Of styles it is laxer. Attributes say where a mark stands and what colour a word of code has; Monaco writes its own, and style
 * elements too, and so does Mermaid while it draws, so that only a page with neither can name its style elements by their hashes.
 * What a style might carry away it cannot send: pictures and fonts come from here alone.
 */
export function pagePolicy(html: string): string {
  const makesStyles = html.includes('PlaygroundIsland') || / data-draw="/.test(html);
  return [
    "default-src 'none'",
    // Search is WebAssembly.
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

/** The sources for what stands in elements of that name, each once. */
function hashesOf(element: 'script' | 'style', html: string): string[] {
  const elements = html.matchAll(new RegExp(`<${element}(?=[\\s>])([^>]*)>([^]*?)</${element}>`, 'gi'));
  const texts = [...elements].filter(([, attributes = '']) => !/\ssrc=/.test(attributes)).map(([, , text = '']) => text);
  return [...new Set(texts)].map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
}
