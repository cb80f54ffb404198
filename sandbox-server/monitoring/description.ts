import { linkRanges } from '../link-conditions.ts';
import { behaviours } from '../websocket/behaviour.ts';
import type { Pages } from '../origin/page-access.ts';
import { flagOf, type OptionName, type Options, optionTable, variableOf } from '../options.ts';

/** The description of one address. */
export interface AddressDescription {
  /** `WS` for an address that upgrades. */
  method: 'WS' | 'GET' | 'POST';
  path: string;
  summary: string;
  /** Which pages may use it. Clients other than browsers may use every address. */
  pages: Pages;
}

/** The answer of `GET /sandbox` to programs. */
export interface SandboxDescription {
  addresses: AddressDescription[];
  /** Link conditions for the query of most addresses, with the values each may have. */
  link: { name: string; takes: string }[];
  /** How the server behaves, for the query of any WebSocket address. */
  manners: readonly { name: string; takes: string; summary: string }[];
  /** The values in force. 0 means no limit. */
  limits: { name: string; flag: string; variable: string; value: number; unit: string; summary: string }[];
}

/** Describes a sandbox: its addresses, and its limits from the one table of options. */
export function describeSandbox(addresses: AddressDescription[], options: Options): SandboxDescription {
  const limits: SandboxDescription['limits'] = [];
  for (const name of Object.keys(optionTable) as OptionName[]) {
    const { unit = '', doc } = optionTable[name];
    const value = options[name];
    // Only the owner needs to know where the server listens and which folder it serves.
    if (name === 'port' || typeof value !== 'number') continue;
    limits.push({ name, flag: flagOf(name), variable: variableOf(name), value, unit, summary: doc });
  }
  return { addresses, link: linkRanges(), manners: behaviours, limits };
}

/** Returns the same description as a page for people: plain HTML, without script. */
export function describePage({ addresses, link, manners, limits }: SandboxDescription): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The sandbox of Duplex Playground</title>
<style>
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; }
  caption { text-align: start; font-size: 1.25rem; font-weight: 600; padding: 1.5rem 0 0.5rem; }
  th, td { text-align: start; vertical-align: top; padding: 0.3rem 1rem 0.3rem 0; border-top: 1px solid #8886; }
  td:nth-child(2):has(code) { min-width: 19rem; }
  code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
</style>
<main>
<h1>The sandbox of Duplex Playground</h1>
<p>These addresses work with any client. For programs the same list is JSON: <code>curl -H 'Accept: application/json' …/sandbox</code>.</p>
${table(
  'Addresses',
  ['Method', 'Address', 'What it does', 'Pages that may use it'],
  addresses.map(({ method, path, summary, pages }) => [code(method), code(path), text(summary), pageWords[pages]]),
)}
${table(
  'Link conditions, in the query',
  ['Name', 'Takes'],
  link.map(({ name, takes }) => [code(name), text(takes)]),
)}
${table(
  'How the server behaves, in the query of a WebSocket address',
  ['Name', 'Takes', 'What it does'],
  manners.map(({ name, takes, summary }) => [code(name), text(takes), text(summary)]),
)}
${table(
  'Limits in force',
  ['Limit', 'Value', 'What it bounds'],
  limits.map(({ flag, value, unit, summary }) => [code(flag), value === 0 ? 'none' : text(`${value} ${unit}`), text(summary)]),
)}
</main>
</html>
`;
}

/** Which pages may use an address, in words for a table. */
export const pageWords: Readonly<Record<Pages, string>> = {
  any: 'of any origin',
  own: 'of this server',
  'own or ticket': 'of this server, and the frames of programs',
};

function table(caption: string, heads: string[], rows: string[][]): string {
  const head = heads.map((cell) => `<th scope="col">${cell}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  // Make it reachable by keyboard, because it scrolls on a narrow screen.
  return `<div class="wide" tabindex="0" role="region" aria-label="${text(caption)}"><table><caption>${text(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody></table></div>`;
}

const text = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const code = (value: string): string => `<code>${text(value)}</code>`;
