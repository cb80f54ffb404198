/** Builds the site if it is stale and starts one server for it, before all browser tests. */
import type { TestProject } from 'vitest/node';
import { ensureChromium } from '../../scripts/browser/chromium.ts';
import { findFirefox, findWebKit, type WebKitPrograms } from '../../scripts/browser/engines.ts';
import { buildSiteIfStale } from '../../scripts/build/site-build.ts';
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
  // The engines' tests drive other browsers, and are skipped if those are missing.
  const chromium = project.name === 'engines' ? undefined : ensureChromium();
  await buildSiteIfStale();
  const server = await startServer();
  project.provide('origin', server.origin);
  if (chromium) project.provide('chromium', chromium);
  project.provide('firefox', findFirefox());
  project.provide('webkit', findWebKit());
  return () => server.stop();
}
