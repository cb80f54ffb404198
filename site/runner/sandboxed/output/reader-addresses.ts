/** Addresses as the reader knows them. A program runs from a blob, and the engine names that in stacks and messages. */

/** The address of our own script, which is in the stack wherever a program calls what we put in place of the browser's. */
const own = typeof location === 'undefined' ? '' : location.href;

/** Files by the addresses of their scripts. */
let files: readonly (readonly [address: string, file: string])[] = [];

/** From now on `readable` says `file` in place of `address`. */
export function nameAddress(address: string, file: string): void {
  files = [...files, [address, file]];
}

const frame = /^\s*(?:at\s|[^\s@]*@)/;

/** Returns the text with the names of files for their addresses, and without lines of a stack that are in our script. */
export function readable(text: string, script = own): string {
  if (!text.includes('blob:')) return text;
  const isOurs = (line: string): boolean => script !== '' && line.includes(`${script}:`) && frame.test(line);
  const lines = text.split('\n');
  const kept = lines.some(isOurs) ? lines.filter((line) => !isOurs(line)).join('\n') : text;
  return files.reduce((named, [address, file]) => named.replaceAll(address, () => file), kept);
}
