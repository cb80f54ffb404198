/** A client's program as a module, whose imports lead nowhere: there are no packages and no other files. */
import { linkModule } from '../../../../in-page/load/link-module.ts';
import { readSource } from '../../../../in-page/load/read-source.ts';
import { cut } from '../../message-limits.ts';
import { ImportProblem, moduleFile, placeAt, type ProgramFile, withOwnLoader } from './program-file.ts';

const refusal = (specifier: string): string =>
  `A client has nothing to import here: there is no ${cut(specifier, 100)}. WebSocket, fetch and the rest of a page's names are there without an import.`;

/** Throws an ImportProblem. */
export function clientFile(code: string): ProgramFile {
  const source = readSource(code, 'module');
  for (const { specifier, isDynamic, start } of source.imports) {
    if (!isDynamic && specifier !== undefined) throw new ImportProblem(refusal(specifier), placeAt(code, start));
  }
  const load = (specifier: unknown): Promise<never> => Promise.reject(new TypeError(refusal(`${specifier as string}`)));
  Object.defineProperty(globalThis, '__load', { value: load, configurable: true });
  return moduleFile(linkModule(code, withOwnLoader(source), refusal, { dynamicImport: '__load' }));
}
