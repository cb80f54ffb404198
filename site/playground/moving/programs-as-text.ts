/** The programs of a playground as one text that runs on the reader's machine. */
import { asOneText, programsForYourMachine } from '../../../in-page/load/copy-as-programs.ts';
import { recognise } from '../../../in-page/load/recognise.ts';
import { errorText } from '../console-log.ts';
import type { Compiled, CompiledFiles } from '../run/program.ts';
import { packageVersions } from './package-versions.ts';
import { serverAddress } from './server-address.ts';

/**
 * Returns the text and the names of the files in it. A client without a server talks to the sandbox at `origin`. Throws a
 * SyntaxError, with a sentence for the reader, if a program cannot be compiled.
 */
export function programsAsText(compiled: CompiledFiles, origin: string): { text: string; names: string[] } {
  const { client, server } = programsOf(compiled);
  const base = server === undefined ? origin : `http://localhost:${serverAddress(server).port}`;
  const files = programsForYourMachine({ client, server, versions: packageVersions, base });
  return { text: asOneText(files), names: files.map(({ name }) => name) };
}

function programsOf(compiled: CompiledFiles): { client: string | undefined; server: string | undefined } {
  const client = codeOf(compiled.client);
  if (compiled.server !== undefined) return { client, server: codeOf(compiled.server) };
  // A server that was not moved to its file yet.
  return recognise(client) === 'server' ? { client: undefined, server: client } : { client, server: undefined };
}

function codeOf(file: Compiled): string {
  if ('code' in file) return file.code;
  throw new SyntaxError(`A program with an error in it is not copied. ${errorText(file.file, file.error)}`);
}
