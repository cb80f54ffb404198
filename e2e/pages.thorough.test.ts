import { expect, test } from 'vitest';
import { pagesOf } from '../scripts/build/site-build.ts';
import { sampleOf } from '../scripts/test/thorough.ts';
import { axeViolations } from './setup/axe.ts';
import { origin } from './setup/browser.ts';
import { coldLoad } from './setup/cold-load.ts';
import { browser, browserForFile } from './setup/pages.ts';
import { desktop, phone, setTheme, widthNeeded, widths } from './setup/visit.ts';

const pages = pagesOf();

browserForFile();

const timeout = 300_000;

// Load four at a time, so that the loads slow and shuffle one another as on a busy machine: 20 on a desktop and on a phone.
const rounds = (width: number): number => ([desktop, phone].some(({ viewport }) => viewport.width === width) ? 5 : 1);
const loads = pages.flatMap((path) =>
  widths.flatMap((width) => Array.from({ length: rounds(width) }, (_, round) => ({ path, width, round: round + 1 }))),
);

test.each(sampleOf(loads, 10))(
  '$path does not jump on four cold loads at once at $width px, and needs no sideways scroll ($round)',
  { timeout },
  async ({ path, width }) => {
    const device = width === phone.viewport.width ? phone : { ...desktop, viewport: { width, height: 900 } };
    const seen = Array.from({ length: 4 }, () =>
      coldLoad(browser, origin() + path, device, async ({ page, shifts }) => ({
        shifts: await shifts(),
        ...(await widthNeeded(page)),
      })),
    );
    for (const { shifts, inAll, there } of await Promise.all(seen)) {
      expect(shifts).toEqual([]);
      expect(inAll).toBeLessThanOrEqual(there);
    }
  },
);

const looks = [...pages, '/no-such-page/'].flatMap((path) =>
  widths.flatMap((width) => (['light', 'dark'] as const).map((theme) => ({ path, width, theme }))),
);

test.each(sampleOf(looks, 10))(
  '$path has no axe violation by any rule at $width px in $theme',
  { timeout },
  async ({ path, width, theme }) => {
    const device = width === phone.viewport.width ? phone : { ...desktop, viewport: { width, height: 900 } };
    await coldLoad(browser, origin() + path, device, async ({ page }) => {
      await setTheme(page, theme);
      expect(await axeViolations(page)).toEqual([]);
    });
  },
);
