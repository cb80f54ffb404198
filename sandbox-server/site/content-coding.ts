import type { IncomingMessage } from 'node:http';
import Negotiator from 'negotiator';

/** A form of a file, stored beside the file itself: the suffix of its name, and its `Content-Encoding`. */
export interface ContentCoding {
  suffix: '' | '.br' | '.gz';
  encoding: 'br' | 'gzip' | undefined;
}

const plain: ContentCoding = { suffix: '', encoding: undefined };
const gzip: ContentCoding = { suffix: '.gz', encoding: 'gzip' };
/** The forms by their names in `Accept-Encoding`, smallest first; `x-gzip` is an old name of gzip (RFC 9110 §8.4.1.3). */
const codings = new Map<string, ContentCoding>([
  ['br', { suffix: '.br', encoding: 'br' }],
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['identity', plain],
]);
const names = [...codings.keys()];

/** Returns the forms that the request takes, the one it likes best first (RFC 9110 §12.5.3). Empty if it refuses them all. */
export function acceptedCodings(request: IncomingMessage): ContentCoding[] {
  return new Negotiator(request).encodings(names, { preferred: names }).map((name) => codings.get(name) ?? plain);
}
