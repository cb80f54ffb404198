/** Alters the document of the frame that runs programs, so that a test can put a fault into its script. */
import { createHash } from 'node:crypto';

/** The address of the document. */
export const frameDocument = /\/runner-frame\.[^/]*\.html$/;

/** Matches the beginning of its script, which the Workers run too. */
const beginning = /"use strict";\(function\(\)\{/;

/** Conditions that run code only in the frame's own document, or only in Workers. */
export const inFrame = 'if(typeof document!=="undefined")';
export const inWorker = 'if(typeof document==="undefined")';

/** Returns the document with `code` at the start of its script, and a policy that allows it. Throws if it starts differently. */
export function withCode(html: string, code: string): string {
  if (!beginning.test(html)) throw new Error('The script of the frame does not begin as it used to');
  const changed = html.replace(beginning, (start) => start + code);
  const script = /<script>([^]*)<\/script>/.exec(changed)?.[1] ?? '';
  return withHash(changed, createHash('sha256').update(script).digest('base64'));
}

/** Returns a policy, or a text that holds one, with another hash. */
const withHash = (text: string, hash: string): string => text.replace(/'sha256-[\w+/=]+'/g, `'sha256-${hash}'`);

/** Returns the policy in a document. */
export const policyIn = (html: string): string => /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
