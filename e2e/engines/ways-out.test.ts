/** No program gets out of its frame in any engine, even if no header but only the frame's document holds the policy. */
import { expect, inject, test } from 'vitest';
import { startElsewhere } from '../setup/hosts/elsewhere.ts';
import { triesToGetOut, waysTried } from '../setup/programs/ways-out-program.ts';
import { describeEachEngine } from './setup/each-engine.ts';
import { EnginePlayground, openPage } from './setup/playground.ts';

describeEachEngine('the frame', (using) => {
  test.each([
    ['as it is served', () => inject('origin')],
    // The proxy passes no policy on.
    ['on a host that sends no policy in a header', () => using.origin],
  ])('%s, lets programs reach the sandbox and nothing else', async (_what, origin) => {
    await using elsewhere = await startElsewhere();
    await using.page(async (page) => {
      // A change of origin makes the browser swap processes (COOP), and the drivers would lose the page.
      await page.open('about:blank');
      await openPage(page, `${origin()}/playground/`);
      const playground = new EnginePlayground(page);
      await playground.write(triesToGetOut(elsewhere.port));
      const told = (await playground.runForSure('all tried')).join('\n');
      expect(told).not.toContain('LET THROUGH');
      for (const what of waysTried) expect(told).toMatch(new RegExp(`refused ${what}$`, 'm'));
      expect(elsewhere.heard).toEqual([]);

      await playground.write(`
        new WebSocket('/echo').onopen = () => console.log('by socket');
        new EventSource('/events/~x').onopen = () => console.log('by stream');
        console.log('by fetch', (await fetch('/poll/~x')).status);`);
      await playground.runFor('by socket');
      await playground.hear('by stream');
      await playground.hear('by fetch 200');
    });
  });
});
