/** Runs the same tests in Firefox and in WebKit. */
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { startAlteringProxy, type AlteringProxy } from './altering-proxy.ts';
import type { Engine, EngineName, EnginePage, Likes } from './engine.ts';
import { launchFirefox } from './firefox.ts';
import { launchWebKit } from './webkit.ts';

/** What a test gets from its engine. */
export interface Using {
  readonly engine: EngineName;
  /** The origin of a proxy whose answers the test may alter, such as `http://localhost:40123`. */
  readonly origin: string;
  readonly proxy: AlteringProxy;
  /** Lends one of a few pages to `use`; waits while all are in use. */
  page<Result>(use: (page: EnginePage) => Promise<Result>): Promise<Result>;
}

/** How many pages of one engine may be in use at once. */
const mostPages = 5;

const launch: Record<EngineName, (likes: Likes) => Promise<Engine>> = {
  firefox: (likes) => launchFirefox(inject('firefox') ?? '', likes),
  webkit: (likes) => launchWebKit(inject('webkit') ?? { driver: '', miniBrowser: '' }, likes),
};

/** Describes the tests once for each engine. Skips and counts the tests of an engine that is not installed. */
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
