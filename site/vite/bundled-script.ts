/**
 * `import source from './main.ts?bundled-script'` gives the module and all that it imports, as the text of one classic script.
 *
 * It is for code that must run before a file could arrive, and for documents that may fetch nothing. Vite's own `?worker&inline`
 * gives a constructor and `?raw` gives TypeScript; neither gives text to run.
 */
import { build, type Plugin, type Rolldown } from 'vite';

/** The plugin, for `astro dev` and `astro build` alike. */
export function bundledScript(): Plugin {
  return {
    name: 'duplex:bundled-script',
    ...bundling('?bundled-script', (code) => JSON.stringify(code)),
  };
}

/**
 * Returns what a plugin does with imports that end in `suffix`: it bundles the module before that into a classic script.
 * `valueOf` turns the script's text into the expression that the import gives.
 */
export function bundling(
  suffix: string,
  valueOf: (code: string, emitFile: (file: Rolldown.EmittedFile) => string) => string,
): Pick<Plugin, 'enforce' | 'resolveId' | 'load'> {
  return {
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!id.endsWith(suffix)) return undefined;
      const resolved = await this.resolve(id.slice(0, -suffix.length), importer);
      return resolved ? resolved.id + suffix : undefined;
    },
    async load(id) {
      if (!id.endsWith(suffix)) return undefined;
      const { code, modules } = await bundle(id.slice(0, -suffix.length));
      for (const module of modules) this.addWatchFile(module);
      return `export default ${valueOf(code, (file) => this.emitFile(file))};`;
    },
  };
}

/**
 * Takes the mark of asm.js off es-module-lexer, which runs as ordinary script: a bundler's changes break the rules of asm.js, and
 * Chromium says so on the console.
 */
const withoutAsm: Plugin = {
  name: 'duplex:without-asm',
  transform: (code, id) => (id.includes('es-module-lexer') ? code.replace(/(["'])use asm\1;?/g, '') : undefined),
};

/** Returns the text of the script, and the files that it was made from. Throws if it does not build. */
async function bundle(entry: string): Promise<{ code: string; modules: string[] }> {
  const result = await build({
    configFile: false,
    envFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      rolldownOptions: { input: entry, output: { format: 'iife' } },
    },
    plugins: [withoutAsm],
  });
  const output = 'output' in result ? result.output : Array.isArray(result) ? (result[0]?.output ?? []) : [];
  const chunk = output.find((part) => part.type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error(`Cannot bundle ${entry}: the build gave no script`);
  return { code: chunk.code, modules: chunk.moduleIds };
}
