/** Finds the drawings of diagrams: those that the repository keeps, those that an earlier build has made, or makes them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../browser/chromium.ts';
import { root } from '../root.ts';
import type { Diagram } from './diagram.ts';
import { drawingName } from './drawing-name.ts';
import { startDrawer } from './drawer.ts';

/** Where the repository keeps drawings: so a build needs neither Mermaid nor a browser. */
export const keptDrawings = join(root, 'content', 'drawings');

/** Where things are; by default those of this project. */
export interface Places {
  kept: string;
  /** Where drawings go that a build has made. */
  cache: string;
  /** The path of a Chromium that draws, where there is one. Nothing is installed for it. */
  findBrowser: () => string | undefined;
  warn: (words: string) => void;
}

export class Drawings {
  readonly #places: Places;
  /** One browser at a time: a machine may have little room. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(places: Partial<Places> = {}) {
    const cache = join(root, '.cache', 'drawings');
    this.#places = { kept: keptDrawings, cache, findBrowser: findChromium, warn: console.warn, ...places };
  }

  /** The drawing of a diagram; undefined where there is none and nothing to draw it with. Throws where Mermaid cannot draw it. */
  async of(diagram: Diagram): Promise<string | undefined> {
    const known = this.#known(diagram);
    if (known !== undefined) return known;
    const drawing = this.#last.then(() => this.#known(diagram) ?? this.#draw(diagram));
    this.#last = drawing.catch(() => undefined);
    return await drawing;
  }

  #known(diagram: Diagram): string | undefined {
    const { kept, cache } = this.#places;
    const file = [kept, cache].map((folder) => join(folder, drawingName(diagram))).find((path) => existsSync(path));
    return file && readFileSync(file, 'utf8').trimEnd();
  }

  async #draw(diagram: Diagram): Promise<string | undefined> {
    const { cache, findBrowser, warn } = this.#places;
    const browser = findBrowser();
    const inPage = 'the page does it, in the reader’s browser';
    if (browser === undefined) {
      warn(`Warning: “${diagram.name}” is not drawn yet, and there is no Chromium to draw it: ${inPage}.`);
      return undefined;
    }
    const drawer = await startDrawer(browser).catch((error: unknown) => {
      warn(`Warning: “${diagram.name}” is not drawn yet, and ${browser} does not start (${String(error)}): ${inPage}.`);
    });
    if (!drawer) return undefined;
    const svg = await drawer.draw(diagram).finally(() => drawer.end());
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, drawingName(diagram)), `${svg}\n`);
    warn(`Warning: “${diagram.name}” was drawn for this build alone. To keep it in the repository: npm run diagrams.`);
    return svg;
  }
}
