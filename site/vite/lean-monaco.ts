/**
 * Strips Monaco of what it drags along: every feature (side imports of one of its modules), and its style sheets in the <head> of
 * each page that might one day load it. The styles go into the document when Monaco itself does.
 */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';

const inMonaco = /[\\/]monaco-editor[\\/]esm[\\/]/;
const prefix = '\0monaco-style:';

/** The plugin, for `astro dev` and `astro build` alike. */
export function leanMonaco(): Plugin {
  return {
    name: 'duplex:lean-monaco',
    enforce: 'pre',
    // Prebundling would bypass the hooks below, and breaks the addresses of Monaco's workers.
    config: () => ({ optimizeDeps: { exclude: ['monaco-editor'] }, worker: { format: 'es' } }),
    resolveId(id, importer) {
      if (!importer || !id.endsWith('.css') || !inMonaco.test(importer)) return undefined;
      // Do not end the id in `.css`: Vite would handle it as a style sheet of its own.
      return `${prefix}${resolve(dirname(importer), id)}.js`;
    },
    async load(id) {
      if (!id.startsWith(prefix)) return undefined;
      return styleModule(await readFile(id.slice(prefix.length, -'.js'.length), 'utf8'), dirname(id.slice(prefix.length)));
    },
    transform(code, id) {
      if (!inMonaco.test(id) || !/[\\/]internal[\\/]common[\\/]workers\.js/.test(id)) return undefined;
      return { code: code.replace(/^import '[^']+';\n/gm, ''), map: null };
    },
  };
}

/** Returns a module that puts a style sheet into the document. Files that the sheet names (the icon font) become build assets. */
function styleModule(css: string, folder: string): string {
  const files = [...new Set([...css.matchAll(/url\(['"]?(\.[^)'"]+)['"]?\)/g)].map(([, path]) => path as string))];
  const imports = files.map((path, i) => `import file${i} from ${JSON.stringify(`${resolve(folder, path)}?url`)};\n`).join('');
  const named = files.map((path, i) => `.replaceAll(${JSON.stringify(path)}, new URL(file${i}, import.meta.url).href)`).join('');
  return (
    `${imports}const sheet = new CSSStyleSheet();\nsheet.replaceSync(${JSON.stringify(css.replace(/\/\*[^]*?\*\//g, ''))}${named});\n` +
    'document.adoptedStyleSheets.push(sheet);\n'
  );
}
