/**
 * Puts programs into an address: `/playground/#code=…`, with `&server=…` where there is a server's. The address itself holds the
 * text; nothing is stored anywhere.
 */

import { lineCount } from '../editor/too-long.ts';
import { formatCount } from '../../protocol/words/count.ts';

const prefix = '#code=';
const serverPrefix = '&server=';

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
  if (!hash.startsWith(prefix)) return undefined;
  const [client = '', server = ''] = hash.slice(prefix.length).split(serverPrefix);
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

function whyNotOpened(code: string): string | undefined {
  const lines = lineCount(code);
  if (lines > most.lines) return `it has ${formatCount(lines)} lines, but at most ${formatCount(most.lines)} are allowed`;
  if (!marksInARow.test(code)) return undefined;
  return `more than ${most.marks} combining marks are on one character, which no writing system uses and no browser draws in time`;
}

const marksInARow = new RegExp(`\\p{M}{${most.marks + 1}}`, 'u');

/** Returns the hash that holds a client's program, and a server's if there is one. */
export const hashFor = (client: string, server = ''): string =>
  prefix + encoded(client) + (server && serverPrefix + encoded(server));

/** base64url of the text's UTF-8 (RFC 4648 §5). */
function encoded(code: string): string {
  const binary = Array.from(new TextEncoder().encode(code), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Makes the address that opens the programs in the empty playground and copies it. Returns what to tell the reader. */
export async function shareAddress({ client, server }: SharedCode): Promise<string> {
  const problem = whyNotOpened(client) ?? whyNotOpened(server);
  if (problem) return `This program cannot be shared as an address: ${problem}.`;
  const address = new URL(`/playground/${hashFor(client, server)}`, location.href).href;
  return (await copyText(address))
    ? 'The address of this program is on the clipboard. Anyone who opens it sees the code, and can run it by pressing Run.'
    : `Copy this address: ${address}`;
}

/** Puts a text on the clipboard. Resolves with false if that is not possible. */
export async function copyText(text: string): Promise<boolean> {
  try {
    // The clipboard is missing on pages served over plain http to a classroom.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
