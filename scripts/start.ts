/** `npm start`: builds what is needed, then serves lessons and sandbox on one origin. Its options are the sandbox server's. */
import { buildSiteIfStale } from './site-build.ts';

if (!process.argv.includes('--help')) {
  console.log('Looking whether the site has to be built…');
  buildSiteIfStale();
}
await import('../sandbox-server/main.ts');
