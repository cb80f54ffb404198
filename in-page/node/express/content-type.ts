/** Types of media as Express names them. */
import { lookup } from 'mrmime';

const withCharset = /^(text\/|application\/(json|javascript|manifest\+json)$)/;

/** Returns a type with the charset that text has; for a name such as `html`, the type of such files. */
export function contentType(given: string): string | undefined {
  const type = given.includes('/') ? given : given === 'bin' ? 'application/octet-stream' : lookup(given);
  return type && !/charset/i.test(type) && withCharset.test(type) ? `${type}; charset=utf-8` : type;
}

/** Returns a type with its charset set to UTF-8, in which strings are sent. */
export const inUtf8 = (type: string): string => `${type.replace(/;\s*charset=[^;]*/i, '')}; charset=utf-8`;

/** True where a Content-Type is this one, which may be like `json`, `application/json`, `text/*` or `+json`. */
export function isType(header: string | undefined, wanted: string): boolean {
  const own = header?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (own === '') return false;
  if (wanted.startsWith('+')) return own.endsWith(wanted);
  const whole =
    wanted === 'urlencoded' ? 'application/x-www-form-urlencoded' : wanted.includes('/') ? wanted : (lookup(wanted) ?? '');
  return new RegExp(`^${whole.replace(/[.+]/g, '\\$&').replaceAll('*', '[^/]+')}$`).test(own);
}
