/** The document of the frame that holds the reader's code. */

/**
 * The document's text. Its origin is opaque, and its policy lets it connect to the sandbox server and to nothing else;
 * Workers made in it inherit that. `sandbox` is an http(s) origin: WebSockets may be opened on the same host and port.
 */
export function sandboxedPage(sandbox: string, script: string): string {
  const { origin } = new URL(sandbox);
  const policy = [
    "default-src 'none'",
    "script-src 'unsafe-inline' blob:",
    'worker-src blob:',
    `connect-src ${origin} ${origin.replace(/^http/, 'ws')}`,
  ].join('; ');
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Program</title>' +
    `<meta http-equiv="Content-Security-Policy" content="${policy}"><script>${escapeForScript(script)}</script></html>`
  );
}

/** Inside a script element, these would end or hide the script; in our script they stand in strings alone. */
const escapeForScript = (script: string): string => script.replace(/<(?=\/script|script|!--)/gi, '\\x3c');
