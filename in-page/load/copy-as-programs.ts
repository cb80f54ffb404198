/** The programs of a run as files that run on the reader's own machine. */
import { placeOf } from './copying/client-place.ts';
import { nodeClient, nodeOptions } from './copying/node-client.ts';
import { packageFile } from './copying/package-file.ts';
import { packagesOf } from './copying/packages.ts';
import { pageClient } from './copying/page-client.ts';
import { startProgram } from './copying/start-program.ts';
import { readSource } from './read-source.ts';
import { codeTokensOf } from './tokens/tokens.ts';

export interface ProgramsToCopy {
  /** JavaScript, a module. */
  client?: string | undefined;
  /** JavaScript, a module or CommonJS. */
  server?: string | undefined;
  /** What the programs import or read besides, by name. */
  files?: Readonly<Record<string, string>> | undefined;
  /** Versions by package, as `package.json` has them. Of a package that is not there the latest is taken. */
  versions: Readonly<Record<string, string>>;
  /** The address of the server, by which a client's relative addresses are completed: `http://localhost:8080`. */
  base: string;
}

export interface CopiedFile {
  name: string;
  text: string;
}

/**
 * Returns the files, of which the first says how to start the programs; none if there is no program. A client that needs nothing
 * of a page runs on Node, and any other becomes a page; its first lines say why. Throws a TypeError if `base` is no URL.
 */
export function programsForYourMachine({ client, server, files = {}, versions, base }: ProgramsToCopy): CopiedFile[] {
  const address = new URL(base);
  const programs: CopiedFile[] = [];
  const onNode: string[] = [];
  let start: string | undefined;
  let page: string | undefined;
  if (server !== undefined) {
    programs.push({ name: 'server.js', text: server });
    onNode.push(server);
    start = 'node server.js';
  }
  if (client !== undefined) {
    const place = placeOf(codeTokensOf(client));
    if (place.runsOn === 'page') {
      page = 'client.html';
      programs.push({ name: page, text: pageClient(client, place, address) });
    } else {
      const options = nodeOptions(client);
      programs.push({ name: 'client.mjs', text: nodeClient(client, place, address) });
      onNode.push(client);
      start = server === undefined ? ['node', ...options, 'client.mjs'].join(' ') : 'node start.mjs';
      if (server !== undefined)
        programs.push({ name: 'start.mjs', text: startProgram('server.js', 'client.mjs', options, address) });
    }
  }
  if (programs.length === 0) return [];
  const others = Object.entries(files).map(([name, text]) => ({ name, text }));
  const readme = { name: 'README.md', text: readmeOf(start !== undefined, page) };
  if (start === undefined) return [readme, ...programs, ...others];
  const packages = [...new Set(onNode.flatMap((code) => packagesOf(codeTokensOf(code))))].sort();
  const isModule = readSource(server ?? '', server === undefined ? 'module' : undefined).kind === 'module';
  return [readme, { name: 'package.json', text: packageFile({ isModule, start, packages, versions }) }, ...programs, ...others];
}

function readmeOf(hasCommand: boolean, page: string | undefined): string {
  const lines = ['# Programs from Duplex Playground', '', 'Put these files into one folder, each under its name.'];
  if (hasCommand) lines.push('Then start them with Node 22 or later:', '', '    npm install && npm start');
  if (page !== undefined) lines.push('', `Open ${page} in a browser.`);
  return `${lines.join('\n')}\n`;
}

/** Returns all files as one text for the clipboard, each below its name. */
export const asOneText = (files: readonly CopiedFile[]): string =>
  files.map(({ name, text }) => `----- ${name} -----\n\n${text.trimEnd()}\n`).join('\n');
