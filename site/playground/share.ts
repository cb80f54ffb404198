/**
 * Takes programs out of an address: `/playground/#code=…`, with `&server=…` where there is a server's. The address itself holds
 * the text; nothing is stored anywhere. `share-address.ts` puts them in.
 */

import { sharedPrefix } from './address-prefix.ts';
import { lineCount } from '../editor/too-long.ts';
import { formatCount } from '../../protocol/words/count.ts';

export const serverPrefix = '&server=';

/** The programs of an address. */
export interface SharedCode {
  client: string;
  /** Empty where there is none. */
  server: string;
}

/** More than this blocks the page for seconds during layout, which a hostile link could exploit. */
const most = { lines: 150_000, marks: 200 };

/**
 * Returns the programs in an address's hash; undefined if there is none. Throws a SyntaxError, with a sentence for the reader, if
 * one cannot be opened.
 */
export function sharedCode(hash: string): SharedCode | undefined {
  if (!hash.startsWith(sharedPrefix)) return undefined;
  const [client = '', server = ''] = hash.slice(sharedPrefix.length).split(serverPrefix);
  return { client: opened(client), server: opened(server) };
}

function opened(base64url: string): string {
  const code = decoded(base64url);
  const problem = whyNotOpened(code);
  if (problem) throw new SyntaxError(`The program in this address was not opened: ${problem}.`);
  return code;
}

function decoded(base64url: string): string {
  try {
    const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
  } catch {
    throw new SyntaxError(
      'The program in this address cannot be read: what follows #code= is not base64url of UTF-8 text. Part of the address may be missing.',
    );
  }
}

/** Returns why a program is not opened, or shared; undefined for one that can be. */
export function whyNotOpened(code: string): string | undefined {
  const lines = lineCount(code);
  if (lines > most.lines) return `it has ${formatCount(lines)} lines, but at most ${formatCount(most.lines)} are allowed`;
  if (!marksInARow.test(code)) return undefined;
  return `more than ${most.marks} combining marks are on one character, which no writing system uses and no browser draws in time`;
}

const marksInARow = new RegExp(`\\p{M}{${most.marks + 1}}`, 'u');
