/**
 * `import address from './main.ts?runner-frame'` gives the address of a separate document, which holds the module and all that it
 * imports as one classic script (frame-document.ts).
 *
 * The name of the built document holds a hash of its text, so that a page finds the frame that it was built with, or none.
 */
import type { Plugin } from 'vite';
import { bundling } from './bundled-script.ts';
import { frameDocument } from './frame-document.ts';

/** Where the development server serves the document; no file is written there. */
const devPath = '/@runner-frame.html';

/** The plugin, for `astro dev` and `astro build` alike. */
export function runnerFrame(): Plugin {
  let isBuild = false;
  let latest = '';
  return {
    name: 'duplex:runner-frame',
    configResolved: ({ command }) => void (isBuild = command === 'build'),
    configureServer(server) {
      server.middlewares.use(devPath, (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(latest);
      });
    },
    ...bundling('?runner-frame', (code, emitFile) => {
      latest = frameDocument(code);
      if (!isBuild) return JSON.stringify(devPath);
      return `import.meta.ROLLUP_FILE_URL_${emitFile({ type: 'asset', name: 'runner-frame.html', source: latest })}`;
    }),
  };
}
