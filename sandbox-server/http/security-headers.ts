/**
 * Header fields that keep an answer from doing harm, by the kind of answer. Exchanges of lessons have short heads instead
 * (`openHeaders`): their bytes are counted and shown, and JSON, text and streams of events can do nothing as they are.
 */
import type { IncomingHttpHeaders } from 'node:http';

/** Header fields by name. */
export type Fields = Readonly<Record<string, string>>;

const always = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'same-origin' };

/** The site uses none of these; nor may what it shows in a frame. Chromium warns of names that it does not know. */
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

/** `policy` is the document's own. A page that may be shown in other sites' frames is `isEmbeddable`. */
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
 * Browsers heed some fields by https and from their own machine alone, and complain of them on the console elsewhere: in a class
 * that is reached by http. They send `Sec-Fetch-…` to the same servers alone (Fetch Metadata §2).
 */
const isTrustworthy = (request: IncomingHttpHeaders): boolean => request['sec-fetch-mode'] !== undefined;

/**
 * The document that runs readers' programs, asked for at `host`. It is in a sandbox however it is opened, and what its own policy
 * says of connections is narrowed to the server that it came from, as its script does too (site/runner/sandboxed/confine.ts). A
 * source with the scheme `http` or `ws` holds for `https` and `wss` as well (CSP3 §6.7.2.8), so that a proxy may add TLS.
 */
export function frameFields(policy: string, host: string | undefined): Fields {
  // A host that a policy cannot write, such as an IPv6 address, is what 'self' says, but in WebKit.
  const named = host !== undefined && /^[\w.-]+(:\d{1,5})?$/.test(host) ? ` http://${host} ws://${host}` : '';
  // In this policy and not in one beside it: what a policy says nothing of, it allows.
  const narrowed = policy.replace(/connect-src [^;]*/, `connect-src 'self'${named}`);
  return {
    ...always,
    ...permissions,
    'Content-Security-Policy': `${narrowed}; sandbox allow-scripts; frame-ancestors 'self'`,
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}

/**
 * What is no page: opened by itself it may do nothing. No opener policy goes with it, since a document in a sandbox that has one
 * is not shown at all (HTML §7.1.3).
 */
export const inertFields: Fields = {
  ...always,
  'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** A picture: as inert, but drawn with its own styles where it has some. */
export const pictureFields: Fields = {
  ...inertFields,
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
};

/** A script, which may be that of a Worker: then its policy is this one, and no page's. In a sandbox a Worker would not start. */
export const scriptFields: Fields = {
  ...inertFields,
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'",
};
