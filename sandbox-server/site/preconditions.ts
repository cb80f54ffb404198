import type { IncomingHttpHeaders } from 'node:http';
import { readHttpDate } from './http-date.ts';

/** What tells a file from what it was before. */
export interface Validators {
  /** A strong entity tag, quotes included. */
  etag: string;
  /** When it was last changed, in whole seconds as ms since the Unix epoch: as `Last-Modified` says. */
  modified: number;
}

/** What the conditions of a GET or HEAD come to: `failed` names the field that is not met. */
export type Verdict = { status: 200 } | { status: 304 } | { status: 412; failed: 'If-Match' | 'If-Unmodified-Since' };

/** Judges the conditions in the order of RFC 9110 §13.2.2. A date that is none is passed over. */
export function judgeConditions(headers: IncomingHttpHeaders, { etag, modified }: Validators): Verdict {
  const match = headers['if-match'];
  const unmodifiedSince = dateIn(headers['if-unmodified-since']);
  if (match !== undefined) {
    // Compared strongly (§13.1.1): a weak tag, ours or not, is none that matches.
    if (!isAny(match) && !tagsIn(match).includes(etag)) return { status: 412, failed: 'If-Match' };
  } else if (unmodifiedSince !== undefined && modified > unmodifiedSince) return { status: 412, failed: 'If-Unmodified-Since' };

  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined) {
    const matches = isAny(noneMatch) || tagsIn(noneMatch).some((tag) => tag.replace(/^W\//, '') === etag);
    return { status: matches ? 304 : 200 };
  }
  const modifiedSince = dateIn(headers['if-modified-since']);
  return { status: modifiedSince !== undefined && modified <= modifiedSince ? 304 : 200 };
}

/**
 * False where a range is wanted of another state of the file than this one (RFC 9110 §13.1.5). A date has to be the very one, and is strong
 * enough a second after the change (§8.8.2.2): until then the file may have been changed once more within that second.
 */
export function isRangeOfThis(ifRange: string | undefined, { etag, modified }: Validators, now: number): boolean {
  if (ifRange === undefined) return true;
  if (ifRange.includes('"')) return ifRange === etag;
  return dateIn(ifRange) === modified && now - modified >= 1000;
}

const isAny = (field: string): boolean => field.trim() === '*';

/** The entity tags of a list (RFC 9110 §8.8.3); a comma may stand within one. */
const tagsIn = (list: string): string[] => list.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [];

const dateIn = (field: string | undefined): number | undefined => (field === undefined ? undefined : readHttpDate(field));
