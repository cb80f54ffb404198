/** A server's program, as Node would run it: CommonJS or a module, with what `require` and `import` give. */
import { linkModule } from '../../../../in-page/load/link-module.ts';
import { moduleShim } from '../../../../in-page/load/module-shim.ts';
import { readSource, type Source } from '../../../../in-page/load/read-source.ts';
import { wrapCommonJs } from '../../../../in-page/load/wrap-common-js.ts';
import { ImportProblem, moduleFile, placeAt, type ProgramFile, scriptAddress, withOwnLoader } from './program-file.ts';

/** Node's modules for the program. */
export interface ServerModules {
  /** Returns what `require(specifier)` gives. Throws an Error with Node's code `MODULE_NOT_FOUND`, in words for the reader. */
  require: (specifier: string) => unknown;
}

/** Where the program's file would be on a machine with Node. */
const folder = '/app';
const path = `${folder}/server.js`;

// Taken before the program's globals take their places: Node has none of that name.
const { importScripts } = globalThis as unknown as { importScripts: (address: string) => void };

interface Registry {
  [name: string]: unknown;
}

/** Throws an ImportProblem for an import of a module that cannot be had. */
export function serverFile(code: string, modules: ServerModules): ProgramFile {
  const source = readSource(code);
  return source.kind === 'commonjs' ? commonJsFile(code, source, modules) : esModuleFile(code, source, modules);
}

function esModuleFile(code: string, source: Source, { require }: ServerModules): ProgramFile {
  const registry = globalThis as unknown as Registry;
  Object.defineProperty(registry, '__found', { value: require, configurable: true });
  defineLoader(registry, require);
  Object.defineProperty(registry, '__meta', {
    value: { url: `file://${path}`, filename: path, dirname: folder, resolve: (specifier: string) => specifier },
    configurable: true,
  });
  for (const { specifier, isDynamic, start } of source.imports) {
    if (isDynamic || specifier === undefined) continue;
    try {
      require(specifier);
    } catch (problem) {
      throw new ImportProblem((problem as Error).message, placeAt(code, start));
    }
  }
  const addressOf = (specifier: string): string =>
    scriptAddress(moduleShim(`__found(${JSON.stringify(specifier)})`, namesOf(require(specifier))));
  return moduleFile(linkModule(code, withOwnLoader(source), addressOf, { dynamicImport: '__load', importMeta: '__meta' }));
}

function commonJsFile(code: string, source: Source, { require }: ServerModules): ProgramFile {
  const registry = globalThis as unknown as Registry;
  defineLoader(registry, require);
  const linked = linkModule(code, withOwnLoader(source), () => '', { dynamicImport: '__load' });
  const { before, after, firstLineShift } = wrapCommonJs(linked);
  const assignment = '__program = ';
  const url = scriptAddress(assignment + before + linked + after);
  return {
    url,
    firstLineShift: assignment.length + firstLineShift,
    isFunctionBody: true,
    run(onBegun) {
      importScripts(url);
      const program = registry['__program'] as (...given: unknown[]) => void;
      delete registry['__program'];
      const module = { exports: {}, id: '.', filename: path, loaded: false, children: [], paths: [] };
      onBegun();
      const ownRequire = Object.assign((specifier: string) => require(specifier), { main: module });
      program.call(module.exports, module.exports, ownRequire, module, path, folder);
      return Promise.resolve();
    },
  };
}

/** Defines what stands in for `import()`. */
function defineLoader(registry: Registry, require: ServerModules['require']): void {
  const value = (specifier: unknown): Promise<object> => importFound(require, `${specifier as string}`);
  Object.defineProperty(registry, '__load', { value, configurable: true });
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';
const namesOf = (module: unknown): string[] => (isObject(module) ? Object.keys(module) : []);

// What `require` throws becomes a rejection.
async function importFound(require: ServerModules['require'], specifier: string): Promise<object> {
  const whole = require(specifier);
  return { ...(isObject(whole) ? whole : {}), default: whole };
}
