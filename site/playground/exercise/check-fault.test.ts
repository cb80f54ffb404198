import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { emptyTrace } from '../../../protocol/trace/trace.ts';
import { checkFault, loadedCheck } from './check-fault.ts';

let told: string[];
beforeEach(() => {
  told = [];
  vi.stubGlobal('location', { href: 'http://localhost:4321/3-8-closing/' });
});
afterEach(() => void vi.unstubAllGlobals());

const serverIs = (isThere: boolean): void =>
  void vi.stubGlobal('fetch', () => (isThere ? Promise.resolve(new Response()) : Promise.reject(new TypeError('refused'))));
const missing = (): Promise<never> => Promise.reject(new TypeError('Failed to fetch dynamically imported module: /check.js'));
/** Returns what the reader is told about a check that loads like this. */
async function faultOf(load: Parameters<typeof loadedCheck>[0]): Promise<string> {
  try {
    const { default: check } = await loadedCheck(load, (sentence) => told.push(sentence));
    check(emptyTrace(), []);
  } catch (problem) {
    return checkFault(problem);
  }
  throw new Error('The check gave a verdict');
}

describe('a check that gives no verdict is explained beside the button and on the console', () => {
  test('when the server is away', async () => {
    serverIs(false);
    const sentence = await faultOf(missing);
    expect(sentence).toBe('The check could not be fetched: the server does not answer. Is it still running? Try again.');
    expect(told).toEqual([sentence]);
  });

  test('when the server no longer has it, as after a new build', async () => {
    serverIs(true);
    const sentence = await faultOf(missing);
    expect(sentence).toMatch(
      /^The check did not load \(TypeError: Failed to fetch.*\)\. The server answers, so either this page comes from an older build.*reload the page\.$/,
    );
    expect(told).toEqual([sentence]);
  });

  test('when it throws', async () => {
    const sentence = await faultOf(() =>
      Promise.resolve({
        default: () => {
          throw new TypeError('bytes is undefined');
        },
      }),
    );
    expect(sentence).toMatch(/^The check itself failed \(TypeError: bytes is undefined\), which is no fault of your program\./);
    expect(told).toEqual([sentence]);
  });
});
