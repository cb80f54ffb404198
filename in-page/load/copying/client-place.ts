import type { Token } from '../tokens/tokens.ts';
import { needsModules } from './packages.ts';

/** Globals of a page that Node 22 does not have. `location` and `EventSource` can be had there. */
const ofPage = new Set(
  (
    'document window self parent localStorage sessionStorage indexedDB history screen alert confirm prompt requestAnimationFrame ' +
    'XMLHttpRequest Worker SharedWorker Notification FileReader Image Audio CloseEvent ErrorEvent WebSocketStream WebTransport ' +
    'WebSocketError postMessage addEventListener removeEventListener onmessage'
  ).split(' '),
);

export interface ClientPlace {
  runsOn: 'node' | 'page';
  /** Why, as the rest of a sentence that begins with "because". */
  because: string;
}

/** Returns where a client runs with the least around it: on Node if it needs nothing of a page, and otherwise in one. */
export function placeOf(tokens: readonly Token[]): ClientPlace {
  if (needsModules(tokens)) return { runsOn: 'node', because: 'it imports modules, which a page opened from a file cannot' };
  const name = [...ofPage].find((one) => usesGlobal(tokens, one));
  if (name !== undefined) return { runsOn: 'page', because: `it uses ${name}, which Node does not have` };
  if (mayPassRelativeAddress(tokens))
    return { runsOn: 'page', because: 'its address is relative, and Node has no page to complete it by' };
  return { runsOn: 'node', because: 'it needs nothing of a page: Node 22 and later have WebSocket and fetch' };
}

/** Tells whether a program reads a global: the name is no property and no key, and the program declares nothing of that name. */
export function usesGlobal(tokens: readonly Token[], name: string): boolean {
  let isUsed = false;
  for (const [i, token] of tokens.entries()) {
    if (token.text !== name) continue;
    const [before, next] = [tokens[i - 1]?.text ?? '', tokens[i + 1]?.text ?? ''];
    if (/^(const|let|var|function|class|import|as)$/.test(before)) return false;
    isUsed ||= !(before === '.' || before === '?.' || (next === ':' && /^[{,]$/.test(before)));
  }
  return isUsed;
}

/** Tells whether some string is a path, and an address that is passed on is no literal: then the path may be in it. */
function mayPassRelativeAddress(tokens: readonly Token[]): boolean {
  const passes = tokens.some(
    ({ text }, i) =>
      /^(WebSocket|EventSource|fetch)$/.test(text) &&
      tokens[i + 1]?.text === '(' &&
      !/^(string|template)$/.test(tokens[i + 2]?.kind ?? ''),
  );
  return passes && tokens.some(({ kind, text }) => (kind === 'string' || kind === 'template') && /^['"`]\/[a-z]/i.test(text));
}
