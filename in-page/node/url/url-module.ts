/** Node's module `url`: the package `url` for the functions of old, and the URL standard's classes. */
import * as legacy from 'url/';
import { querystring } from './querystring.ts';
import { fileURLToPath, pathToFileURL } from './file-url.ts';

type Parsed = ReturnType<typeof legacy.parse>;

// The package does not know ws: and wss: as Node does, which treats them as it does their twins http: and https:.
const isWebSocket = (address: string): boolean => /^wss?:/i.test(address);
const twinOf = (address: string): string => address.replace(/^ws/i, 'http');
const fromTwin = (address: string): string => address.replace(/^http/, 'ws');

/** Parses an address as before the URL standard. Its query is the text, or its fields where these are asked for. */
function parse(address: string, parseQuery = false, slashesDenoteHost = false): Parsed {
  const isTwin = isWebSocket(address);
  const parsed = legacy.parse(isTwin ? twinOf(address) : address, false, slashesDenoteHost);
  if (isTwin) Object.assign(parsed, { protocol: fromTwin(parsed.protocol ?? ''), href: fromTwin(parsed.href) });
  // The package reads brackets in names as lists, which Node does not.
  return parseQuery ? Object.assign(parsed, { query: querystring.parse(String(parsed.query ?? '')) }) : parsed;
}

function format(address: string | URL | Parameters<typeof legacy.format>[0]): string {
  if (address instanceof URL) return address.href;
  if (typeof address === 'string') return parse(address).href;
  return legacy.format(isWebSocket(`${String(address.protocol)}:`) ? { ...address, slashes: true } : address);
}

function resolve(from: string, to: string): string {
  const isTwin = isWebSocket(from) && !/^[a-z][a-z\d+.-]*:/i.test(to);
  return isTwin ? fromTwin(legacy.resolve(twinOf(from), to)) : legacy.resolve(from, to);
}

/** What `require('url')` gives. */
export const urlModule = {
  parse,
  format,
  resolve,
  URL,
  URLSearchParams,
  fileURLToPath,
  pathToFileURL,
};
