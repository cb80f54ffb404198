/** Before all browser tests: the site as it is now, and one server that serves it. */
import type { TestProject } from 'vitest/node';
import { ensureChromium } from '../../scripts/chromium.ts';
import { findFirefox, findWebKit, type WebKitPrograms } from '../../scripts/engines.ts';
import { buildSiteIfStale } from '../../scripts/site-build.ts';
import { startServer } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    origin: string;
    chromium: string;
    firefox: string | undefined;
    webkit: WebKitPrograms | undefined;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = ensureChromium();
  await buildSiteIfStale();
  const server = await startServer();
  project.provide('origin', server.origin);
  project.provide('chromium', chromium);
  project.provide('firefox', findFirefox());
  project.provide('webkit', findWebKit());
  return () => server.stop();
}
