/** The document of the frame that holds the reader's code. */
import { createHash } from 'node:crypto';

/**
 * Returns the document's text. Its policy lets it run only this one script and Workers made from blobs, and connect only to
 * servers; the script first narrows that to the server that the document came from (sandboxed/confine.ts). A document built
 * ahead does not know that server's name, and in WebKit `'self'` names nothing in a document of opaque origin.
 */
export function frameDocument(script: string): string {
  const text = escapeForScript(script);
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${createHash('sha256').update(text).digest('base64')}' blob:`,
    'worker-src blob:',
    'connect-src http: https: ws: wss:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    `<meta http-equiv="Content-Security-Policy" content="${policy}"><title>Program</title><script>${text}</script></head></html>\n`
  );
}

/** Escapes what would end or hide the script inside a script element; our script has these in strings only. */
const escapeForScript = (script: string): string => script.replace(/<(?=\/script|script|!--)/gi, '\\x3c');
