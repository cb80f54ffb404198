/** Tests that are run in Firefox and in WebKit alike. */
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { startAlteringProxy, type AlteringProxy } from './altering-proxy.ts';
import type { Engine, EngineName, EnginePage, Likes } from './engine.ts';
import { launchFirefox } from './firefox.ts';
import { launchWebKit } from './webkit.ts';

/** What a test has of its engine. */
export interface Using {
  readonly engine: EngineName;
  /** Such as `http://localhost:40123`; a proxy whose answers the test may alter stands before the server. */
  readonly origin: string;
  readonly proxy: AlteringProxy;
  /** Lends a page to `use`, one of a few: a test waits for one where all are in use. */
  page<Result>(use: (page: EnginePage) => Promise<Result>): Promise<Result>;
}

/** Pages that are in use at one time, of an engine. */
const mostPages = 5;

const launch: Record<EngineName, (likes: Likes) => Promise<Engine>> = {
  firefox: (likes) => launchFirefox(inject('firefox') ?? '', likes),
  webkit: (likes) => launchWebKit(inject('webkit') ?? { driver: '', miniBrowser: '' }, likes),
};

/** Describes tests once for each engine. Where one cannot be had, its tests are skipped, and counted. */
export function describeEachEngine(what: string, tests: (using: Using) => void, likes: Likes = {}): void {
  for (const name of ['firefox', 'webkit'] as const) {
    describe.skipIf(!inject(name))(`${name}: ${what}`, () => {
      let engine: Engine;
      let proxy: AlteringProxy;
      const free: EnginePage[] = [];
      const waiting: ((page: EnginePage) => void)[] = [];
      let made = 0;
      beforeAll(async () => {
        [engine, proxy] = await Promise.all([launch[name](likes), startAlteringProxy(inject('origin'))]);
      });
      afterAll(async () => {
        await engine.close();
        await proxy.close();
      });
      const take = async (): Promise<EnginePage> => {
        const page = free.pop();
        if (page) return page;
        if (made++ < mostPages) return await engine.newPage();
        return await new Promise((resolve) => waiting.push(resolve));
      };
      tests({
        engine: name,
        get origin() {
          return proxy.origin;
        },
        get proxy() {
          return proxy;
        },
        async page(use) {
          const page = await take();
          try {
            return await use(page);
          } finally {
            const next = waiting.shift();
            if (next) next(page);
            else free.push(page);
          }
        },
      });
    });
  }
}
