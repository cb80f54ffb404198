/** A client's program as a module, whose imports lead nowhere: there are no packages and no other files. */
import { linkModule } from '../../../../in-page/load/link-module.ts';
import { readSource } from '../../../../in-page/load/read-source.ts';
import { importWords } from '../absent/import-words.ts';
import { ImportProblem, moduleFile, placeAt, type ProgramFile, withOwnLoader } from './program-file.ts';

/** Throws an ImportProblem. */
export function clientFile(code: string): ProgramFile {
  const source = readSource(code, 'module');
  for (const { specifier, isDynamic, start } of source.imports) {
    if (!isDynamic && specifier !== undefined) throw new ImportProblem(importWords(specifier), placeAt(code, start));
  }
  const load = (specifier: unknown): Promise<never> => Promise.reject(new TypeError(importWords(`${specifier as string}`)));
  Object.defineProperty(globalThis, '__load', { value: load, configurable: true });
  return moduleFile(linkModule(code, withOwnLoader(source), importWords, { dynamicImport: '__load' }));
}
