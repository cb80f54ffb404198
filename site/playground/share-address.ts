/** Puts programs into an address. Loaded when the reader shares one. */
import { sharedPrefix } from './address-prefix.ts';
import { serverPrefix, type SharedCode, whyNotOpened } from './share.ts';

/** Returns the hash that holds a client's program, and a server's if there is one. */
export const hashFor = (client: string, server = ''): string =>
  sharedPrefix + encoded(client) + (server && serverPrefix + encoded(server));

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
