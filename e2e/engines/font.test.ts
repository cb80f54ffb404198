/** The font must have its weights in every engine: a sanitizer that drops its variation tables leaves headings regular. */
import { expect, test } from 'vitest';
import { describeEachEngine } from './setup/each-engine.ts';

describeEachEngine("the pages' face", (using) => {
  test('has a regular, a semi-bold and a bold, each wider than the last, and sets the headings', async () => {
    const { widths, heading } = await using.page(async (page) => {
      await page.open(`${using.origin}/1-4-full-duplex/`);
      return await page.evaluate(async () => {
        const face = '"Source Sans 3"';
        // With "optional" a page that painted before the font came goes on without it, but we can still ask for it.
        await document.fonts.load(`700 40px ${face}`);
        const widthAt = (weight: number): number => {
          const words = document.body.appendChild(document.createElement('span'));
          words.textContent = 'Both ends talk';
          words.style.cssText = `position: absolute; white-space: nowrap; font: ${weight} 40px ${face}, monospace`;
          const { width } = words.getBoundingClientRect();
          words.remove();
          return width;
        };
        const { fontFamily, fontWeight } = getComputedStyle(document.querySelector('h1') as Element);
        return { widths: [400, 600, 700].map(widthAt), heading: `${fontWeight} ${fontFamily}` };
      });
    });
    const [regular = 0, semiBold = 0, bold = 0] = widths;
    expect(semiBold).toBeGreaterThan(regular + 2);
    expect(bold).toBeGreaterThan(semiBold + 2);
    expect(heading).toMatch(/^[67]\d0 "?Source Sans 3/);
  });
});
