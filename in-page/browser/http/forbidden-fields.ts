/**
 * Fields that a program may not set (Fetch §2.2.2, forbidden request-header). Browsers drop them in a native Request, other
 * platforms do not.
 */
const forbidden = new RegExp(
  '^(?:accept-charset|accept-encoding|access-control-request-(?:headers|method|private-network)|connection|content-length|' +
    'cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|' +
    '(?:proxy|sec)-.*)$',
  'i',
);

export const isForbiddenField = (name: string): boolean => forbidden.test(name);

/** Methods that no program may use (Fetch §2.2.1). */
export const isForbiddenMethod = (method: string): boolean => /^(?:connect|trace|track)$/i.test(method);
