/** Uses a page's playground as a reader does, in any engine. */
import type { Trace } from '../../../protocol/trace/trace.ts';
import { watchedTrace, watchRun } from '../../setup/watch-run.ts';
import type { EnginePage } from './engine.ts';
import { eventually } from './eventually.ts';

/** The playground that matches the selector `within`, by default the first of the page. */
export class EnginePlayground {
  readonly #page: EnginePage;
  readonly #within: string;

  constructor(page: EnginePage, within = '.pg') {
    this.#page = page;
    this.#within = within;
  }

  async press(name: string): Promise<void> {
    await this.#page.click({ role: 'button', name, within: this.#within });
  }

  /** Shows the solution, which Run then runs. Presses again if a late press has closed it. */
  async showSolution(): Promise<void> {
    await eventually('solution', async () => {
      if (await this.#isSolutionShown()) return true;
      await this.press('Solution');
      return (await this.#isSolutionShown()) || undefined;
    });
  }

  async #isSolutionShown(): Promise<boolean> {
    return await this.#page.evaluate((within) => {
      const buttons = [...document.querySelectorAll(`${within} button[aria-expanded]`)];
      return buttons.find(({ textContent }) => textContent?.trim() === 'Solution')?.ariaExpanded === 'true';
    }, this.#within);
  }

  /** Presses Run, waits until the run comes to rest, and returns its trace. Throws with the console text if it ends early. */
  async runToRest(): Promise<Trace> {
    // Give up before the driver does, which would not say why.
    await this.#page.evaluate(watchRun, this.#within, 100_000);
    await this.press('Run');
    return (await this.#page.evaluate(watchedTrace, this.#within)) as Trace;
  }

  /** Presses Run and waits for a console line that contains `expected`; returns all lines. */
  async runFor(expected: string | RegExp): Promise<string[]> {
    await this.press('Run');
    return await this.hear(expected);
  }

  /** As `runFor`, but presses Stop and Run once more if the line does not come: a busy Firefox may stall as it starts a Worker. */
  async runForSure(expected: string | RegExp): Promise<string[]> {
    try {
      return await this.runFor(expected);
    } catch {
      await this.press('Stop');
      return await this.runFor(expected);
    }
  }

  /** Waits for a console line that contains `expected`; returns all lines. */
  async hear(expected: string | RegExp): Promise<string[]> {
    const isIt = (line: string): boolean => (typeof expected === 'string' ? line.includes(expected) : expected.test(line));
    let lines: string[] = [];
    try {
      return await eventually(`line "${String(expected)}"`, async () => {
        lines = await this.lines();
        return lines.some(isIt) ? lines : undefined;
      });
    } catch (error) {
      throw new Error(`${String(error)} The console has:\n${lines.join('\n')}`);
    }
  }

  /** Returns the lines of the console. */
  async lines(): Promise<string[]> {
    return await this.#page.evaluate(
      (within) => Array.from(document.querySelectorAll(`${within} .pg-line`), (line) => line.textContent ?? ''),
      this.#within,
    );
  }

  /** Puts a program into the editor at once, as a paste does. */
  async write(program: string): Promise<void> {
    const insert = (within: string, text: string): boolean => {
      const area = document.querySelector<HTMLTextAreaElement>(`${within} textarea.ce-text`);
      if (!area) return false;
      area.focus();
      area.select();
      // Deprecated, but the only way for a script to edit as a hand does in every engine.
      if (!document.execCommand('insertText', false, text)) throw new Error('The text was not taken.');
      // Monaco comes to where the focus is, and its text cannot be written this way.
      area.blur();
      return true;
    };
    await eventually('editor', async () => (await this.#page.evaluate(insert, this.#within, program)) || undefined);
  }

  /** Presses Check, and returns what it says; some checks try many seeds first. */
  async check(): Promise<string> {
    await this.press('Check');
    const verdict = async (): Promise<string | undefined> => {
      const said = await this.#text('.pg-verdict');
      return /^(Passed|Not yet)/.test(said) ? said : undefined;
    };
    return await eventually('verdict', verdict, 120_000);
  }

  /** Returns the text beside Run. */
  async state(): Promise<string> {
    return await this.#text('.pg-state');
  }

  /** Returns the text of the first element in the playground that matches the selector. */
  async #text(selector: string): Promise<string> {
    return await this.#page.evaluate((all) => document.querySelector(all)?.textContent ?? '', `${this.#within} ${selector}`);
  }
}

/** Opens a page and waits until its playgrounds take input. */
export async function openPage(page: EnginePage, address: string): Promise<void> {
  await page.open(address);
  await eventually(`page that takes input at ${address}`, async () =>
    (await page.evaluate(() => document.querySelector('astro-island[ssr]') === null)) ? true : undefined,
  );
}
