/** The header fields of the built site's pages and files. */
import { readFileSync, statSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { extname } from 'node:path';
import { type Fields, frameFields, inertFields, pageFields, pictureFields, scriptFields } from '../http/security-headers.ts';

/** The one page that any site may show in a frame: it shows a recorded trace, and has nothing to click by mistake. */
const embeddable = /^\/trace\/embed(\/|\/index(\.html)?)?$/;
/** The document that runs readers' programs (site/vite/runner-frame.ts). */
const runnerFrame = /^\/_astro\/runner-frame\.[\w-]+\.html$/;
/** Pictures that other sites show with a link to a page. */
const social = /^\/social\//;

/** For a page without a policy of its own: it may use what comes from here, but no inline script or style. */
const plainPolicy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'";

/** The policies that pages contain, by file, each with a version that tells the file from a later one of that name. */
const policies = new Map<string, { version: string; policy: string }>();

/**
 * Returns the fields of the file at a path of the site, whatever the status, except those that say what its bytes are.
 * `request` has the request's fields.
 */
export function siteHeaders({ file, path }: { file: string; path: string }, request: IncomingHttpHeaders): Fields {
  // Astro puts a hash of the content into these names. Browsers ask for everything else again, and mostly get 304.
  const isHashed = path.startsWith('/_astro/');
  return {
    ...securityFields(file, path, request),
    'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
}

function securityFields(file: string, path: string, request: IncomingHttpHeaders): Fields {
  switch (extname(file)) {
    case '.html':
      if (runnerFrame.test(path)) return frameFields(policyIn(file), request.host);
      return pageFields(policyIn(file), request, { isEmbeddable: embeddable.test(path) });
    case '.js':
      return scriptFields;
    case '.png':
    case '.svg':
      return social.test(path) ? { ...pictureFields, 'Cross-Origin-Resource-Policy': 'cross-origin' } : pictureFields;
    default:
      return inertFields;
  }
}

/** Returns the policy in a page (scripts/build/page-policies.ts). Checks the file each time: the server may outlive a build. */
function policyIn(file: string): string {
  const { mtimeMs, size } = statSync(file);
  const version = `${mtimeMs} ${size}`;
  const known = policies.get(file);
  if (known?.version === version) return known.policy;
  const html = readFileSync(file, 'utf8');
  const policy = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(html)?.[1] ?? plainPolicy;
  policies.set(file, { version, policy });
  return policy;
}
