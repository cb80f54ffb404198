/** Where a program is, for `console.trace`. */
import { readable } from './reader-addresses.ts';

const ofFirefoxAndWebKit = /^\s*([^\s@]*)@(.+)$/;
const mostLines = 30;

/** Returns the lines of the stack that are in the program, in the form of Chromium: `    at send (client.ts:3:5)`. */
export function stackHere(stack = new Error().stack ?? ''): string[] {
  const lines = readable(stack).split('\n').slice(0, mostLines);
  return lines.flatMap((line) => {
    const [, name, place] = ofFirefoxAndWebKit.exec(line) ?? [];
    if (place !== undefined) return [`    at ${name ? `${name} (${place})` : place}`];
    return /^\s+at\s/.test(line) ? [line] : [];
  });
}
