import { codeTokensOf } from '../tokens/tokens.ts';
import { usesGlobal, type ClientPlace } from './client-place.ts';

/** Returns a client as a program for Node. `base` is the address of its server, of scheme `http` or `https`. */
export function nodeClient(code: string, { because }: ClientPlace, base: URL): string {
  const head = [`// Runs on Node, because ${because}.`];
  const whole = withWholeAddresses(code, base);
  if (whole !== code) head.push(`// Its relative addresses are completed by ${base.origin}, as a page from there would do.`);
  const tokens = codeTokensOf(code);
  if (usesGlobal(tokens, 'location')) head.push(`globalThis.location = new URL(${JSON.stringify(base.href)});`);
  // A shebang is allowed at the very beginning alone, and npm needs none.
  return `${head.join('\n')}\n\n${whole.replace(/^#!.*/, '')}`;
}

/** Returns the options that Node needs to run a client. */
export function nodeOptions(code: string): string[] {
  const tokens = codeTokensOf(code);
  return usesGlobal(tokens, 'EventSource') ? ['--experimental-eventsource'] : [];
}

/** Completes the paths that are passed as literals to `new WebSocket`, `new EventSource` and `fetch`. */
function withWholeAddresses(code: string, base: URL): string {
  const tokens = codeTokensOf(code);
  let whole = '';
  let at = 0;
  for (const [i, { text }] of tokens.entries()) {
    const address = tokens[i + 2];
    const isCall = /^(WebSocket|EventSource|fetch)$/.test(text) && tokens[i + 1]?.text === '(' && tokens[i - 1]?.text !== '.';
    if (!isCall || address === undefined || !/^['"`]\/(?!\/)/.test(address.text)) continue;
    const origin = text === 'WebSocket' ? base.origin.replace(/^http/, 'ws') : base.origin;
    whole += code.slice(at, address.start + 1) + origin;
    at = address.start + 1;
  }
  return whole + code.slice(at);
}
