import type { IncomingHttpHeaders } from 'node:http';
import { readHttpDate } from './http-date.ts';

/** What tells one state of a file from another. */
export interface Validators {
  /** A strong entity tag, quotes included. */
  etag: string;
  /** When it last changed, in ms since the Unix epoch, but in whole seconds, as in `Last-Modified`. */
  modified: number;
}

/** The result of the conditions of a GET or HEAD. `failed` names the field that is not met. */
export type Verdict = { status: 200 } | { status: 304 } | { status: 412; failed: 'If-Match' | 'If-Unmodified-Since' };

/** Judges the conditions in the order of RFC 9110 §13.2.2. Ignores an invalid date. */
export function judgeConditions(headers: IncomingHttpHeaders, { etag, modified }: Validators): Verdict {
  const match = headers['if-match'];
  const unmodifiedSince = dateIn(headers['if-unmodified-since']);
  if (match !== undefined) {
    // Compare strongly (§13.1.1): a weak tag never matches, whether it is ours or not.
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
 * False if the request wants a range of another state of the file (RFC 9110 §13.1.5). A date must match exactly, and is strong
 * enough only a second after the change (§8.8.2.2): until then the file may change once more within that second.
 */
export function isRangeOfThis(ifRange: string | undefined, { etag, modified }: Validators, now: number): boolean {
  if (ifRange === undefined) return true;
  if (ifRange.includes('"')) return ifRange === etag;
  return dateIn(ifRange) === modified && now - modified >= 1000;
}

const isAny = (field: string): boolean => field.trim() === '*';

/** Returns the entity tags of a list (RFC 9110 §8.8.3). A tag may contain a comma. */
const tagsIn = (list: string): string[] => list.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [];

const dateIn = (field: string | undefined): number | undefined => (field === undefined ? undefined : readHttpDate(field));
