/** The document of the frame that runs programs, with a fault put into its script by a test. */
import { createHash } from 'node:crypto';

/** The address of the document. */
export const frameDocument = /\/runner-frame\.[^/]*\.html$/;

/** How its script, which the Workers run too, begins. */
const beginning = /"use strict";\(function\(\)\{/;

/** Code that is run in the frame's own document alone, and in Workers alone. */
export const inFrame = 'if(typeof document!=="undefined")';
export const inWorker = 'if(typeof document==="undefined")';

/** The document with `code` at the beginning of its script, and a policy that lets that run. Throws where it has no such beginning. */
export function withCode(html: string, code: string): string {
  if (!beginning.test(html)) throw new Error('The script of the frame does not begin as it used to');
  const changed = html.replace(beginning, (start) => start + code);
  const script = /<script>([^]*)<\/script>/.exec(changed)?.[1] ?? '';
  return withHash(changed, createHash('sha256').update(script).digest('base64'));
}

/** A policy, or a text that holds one, with another hash. */
const withHash = (text: string, hash: string): string => text.replace(/'sha256-[\w+/=]+'/g, `'sha256-${hash}'`);

/** The policy that stands in a document. */
export const policyIn = (html: string): string => /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
