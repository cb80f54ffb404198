/** Node's module `url`: the package `url` for the functions of old, and the URL standard's classes. */
import * as legacy from 'url/';
import { querystring } from './querystring.ts';
import { fileURLToPath, pathToFileURL } from './file-url.ts';

type Parsed = ReturnType<typeof legacy.parse>;

/** Parses an address as before the URL standard. Its query is the text, or its fields where these are asked for. */
function parse(address: string, parseQuery = false, slashesDenoteHost = false): Parsed {
  const parsed = legacy.parse(address, false, slashesDenoteHost);
  // The package reads brackets in names as lists, which Node does not.
  return parseQuery ? Object.assign(parsed, { query: querystring.parse(String(parsed.query ?? '')) }) : parsed;
}

function format(address: string | URL | Parameters<typeof legacy.format>[0]): string {
  return address instanceof URL ? address.href : legacy.format(address);
}

/** What `require('url')` gives. */
export const urlModule = {
  parse,
  format,
  resolve: (from: string, to: string): string => legacy.resolve(from, to),
  URL,
  URLSearchParams,
  fileURLToPath,
  pathToFileURL,
};
