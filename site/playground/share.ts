/** A program in an address: `/playground/#code=…`. The text is in the address itself; nothing is stored anywhere. */

const prefix = '#code=';

/** The program in an address's hash; undefined where there is none. Throws a SyntaxError, a sentence for the reader, where it cannot be read. */
export function sharedCode(hash: string): string | undefined {
  if (!hash.startsWith(prefix)) return undefined;
  try {
    const base64 = hash.slice(prefix.length).replaceAll('-', '+').replaceAll('_', '/');
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
  } catch {
    throw new SyntaxError(
      'The program in this address cannot be read: what follows #code= is not base64url of UTF-8 text. Part of the address may be missing.',
    );
  }
}

/** The hash that holds a program (base64url of its UTF-8, RFC 4648 §5). */
export function hashFor(code: string): string {
  const binary = Array.from(new TextEncoder().encode(code), (byte) => String.fromCharCode(byte)).join('');
  return prefix + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Puts the program into the page's address of the empty playground and copies that. Returns what to tell the reader. */
export async function shareAddress(code: string): Promise<string> {
  const address = new URL(`/playground/${hashFor(code)}`, location.href).href;
  try {
    // Missing on pages served over plain http to a classroom.
    await navigator.clipboard.writeText(address);
    return 'The address of this program is on the clipboard. Whoever opens it sees the code, and runs it by pressing Run.';
  } catch {
    return `Copy this address: ${address}`;
  }
}
