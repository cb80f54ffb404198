/** `npm start`: builds what is needed, then serves lessons and sandbox on one origin. Its options are the sandbox server's. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { readCommand } from '../sandbox-server/command-line.ts';
import { OptionError, type Options, optionTable } from '../sandbox-server/options.ts';
import { whyNotListening } from '../sandbox-server/why-not-listening.ts';
import { BuildError } from './build/astro-build.ts';
import { buildSite, isSiteStale, siteFolder } from './build/site-build.ts';
import { duration } from './test/test-summary.ts';

try {
  // Report a wrong option at once, not after a build.
  const command = readCommand(process.argv.slice(2), process.env);
  const mayGoOn = command.help || (await buildFor(command.options));
  if (mayGoOn) await import('../sandbox-server/main.ts');
  if (mayGoOn && !command.help && process.exitCode === undefined) {
    console.log(`Ready after ${duration(performance.now())}. Ctrl+C ends it; --help lists the options.`);
  }
} catch (error) {
  if (error instanceof OptionError) {
    console.error(error.message);
    process.exitCode = 2;
  } else if (error instanceof BuildError) {
    console.error(`${error.output}\n\n${error.message} Its output is above.`);
    process.exitCode = 1;
  } else throw error;
}

/** Builds the project's own site if it is stale; leaves any other alone. Returns false if the server could not listen. */
async function buildFor(options: Options): Promise<boolean> {
  if (options.site !== optionTable.site.default || !isSiteStale()) return true;
  const refused = await whyRefused(options);
  if (refused) {
    console.error(refused);
    process.exitCode = 1;
    return false;
  }
  const isThere = existsSync(join(siteFolder, 'index.html'));
  const why = isThere ? 'What the site is made of has changed since it was built.' : 'The site is not built yet.';
  console.log(`${why} Building it now; the next start takes a second.`);
  await buildSite();
  return true;
}

/** Tries to listen before anything is built. Returns why the server could not, or undefined if it could. */
async function whyRefused(options: Options): Promise<string | undefined> {
  const probe = createServer().listen(options.port, options.host);
  try {
    await once(probe, 'listening');
  } catch (error) {
    return whyNotListening(error as NodeJS.ErrnoException, options);
  }
  probe.close();
  await once(probe, 'close');
  return undefined;
}
