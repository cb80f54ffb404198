/**
 * Header fields that keep an answer from doing harm, by kind of answer. Exchanges of lessons have short heads instead
 * (`openHeaders`): lessons count and show their bytes, and JSON, text and event streams are harmless as they are.
 */
import type { IncomingHttpHeaders } from 'node:http';

/** Header fields by name. */
export type Fields = Readonly<Record<string, string>>;

const always = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'same-origin' };

/** The site uses none of these, and what it shows in a frame must not either. Chromium warns of names that it does not know. */
const unused = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];
const permissions = { 'Permissions-Policy': unused.map((name) => `${name}=()`).join(', ') };

/** Returns the fields of a page. `policy` is the document's own; `isEmbeddable` lets other sites show the page in frames. */
export function pageFields(policy: string, request: IncomingHttpHeaders, { isEmbeddable = false } = {}): Fields {
  return {
    ...always,
    ...permissions,
    'Content-Security-Policy': `${policy}, frame-ancestors ${isEmbeddable ? '*' : "'self'"}`,
    'Cross-Origin-Resource-Policy': isEmbeddable ? 'cross-origin' : 'same-origin',
    ...(isTrustworthy(request) && { 'Cross-Origin-Opener-Policy': 'same-origin', 'Origin-Agent-Cluster': '?1' }),
  };
}

/**
 * Browsers heed some fields only over https and from their own machine. Elsewhere, as in a class that uses http, they complain
 * about them on the console. They send `Sec-Fetch-…` to those same servers only (Fetch Metadata §2).
 */
const isTrustworthy = (request: IncomingHttpHeaders): boolean => request['sec-fetch-mode'] !== undefined;

/**
 * Returns the fields of the document that runs readers' programs, asked for at `host`. It is in a sandbox however it is opened,
 * and its own policy is narrowed to connections to the server that it came from, as its script does too
 * (site/runner/sandboxed/confine.ts). A source with the scheme `http` or `ws` also covers `https` and `wss` (CSP3 §6.7.2.8), so
 * a proxy may add TLS.
 */
export function frameFields(policy: string, host: string | undefined): Fields {
  // 'self' covers a host that a policy cannot write, such as an IPv6 address, except in WebKit.
  const named = host !== undefined && /^[\w.-]+(:\d{1,5})?$/.test(host) ? ` http://${host} ws://${host}` : '';
  // Narrow this policy rather than add another: a policy allows what it does not mention.
  const narrowed = policy.replace(/connect-src [^;]*/, `connect-src 'self'${named}`);
  return {
    ...always,
    ...permissions,
    'Content-Security-Policy': `${narrowed}; sandbox allow-scripts; frame-ancestors 'self'`,
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}

/**
 * Fields of anything but a page: opened by itself, it may do nothing. They have no opener policy, since browsers do not show a
 * sandboxed document that has one (HTML §7.1.3).
 */
export const inertFields: Fields = {
  ...always,
  'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Fields of a picture: it is as inert, but may use its own styles. */
export const pictureFields: Fields = {
  ...inertFields,
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
};

/** Fields of a script. A Worker's script has this policy, not the page's, and a Worker would not start in a sandbox. */
export const scriptFields: Fields = {
  ...inertFields,
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'",
};
