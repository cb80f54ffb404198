/** `Set-Cookie` as Express writes it (RFC 6265 §4.1). */

export interface CookieOptions {
  domain?: string | undefined;
  expires?: Date | undefined;
  httpOnly?: boolean | undefined;
  /** ms */
  maxAge?: number | undefined;
  path?: string | undefined;
  sameSite?: boolean | string | undefined;
  secure?: boolean | undefined;
}

/** Returns the field's value. `now` is ms since 1970. An object becomes JSON after `j:`. */
export function cookieText(name: string, value: unknown, options: CookieOptions, now: number): string {
  const text = typeof value === 'object' ? `j:${JSON.stringify(value)}` : String(value);
  const { domain, httpOnly, maxAge, path = '/', sameSite, secure } = options;
  const expires = maxAge === undefined ? options.expires : new Date(now + maxAge);
  const parts = [
    `${name}=${encodeURIComponent(text)}`,
    maxAge !== undefined && `Max-Age=${Math.floor(maxAge / 1000)}`,
    domain !== undefined && `Domain=${domain}`,
    `Path=${path}`,
    expires && `Expires=${expires.toUTCString()}`,
    httpOnly && 'HttpOnly',
    secure && 'Secure',
    sameSite && `SameSite=${sameSite === true ? 'Strict' : sameSite.charAt(0).toUpperCase() + sameSite.slice(1).toLowerCase()}`,
  ];
  return parts.filter(Boolean).join('; ');
}
