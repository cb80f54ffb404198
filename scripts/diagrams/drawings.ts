/** Finds the drawing of a diagram in the repository, or among those of earlier builds, or else makes it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../browser/chromium.ts';
import { root } from '../root.ts';
import type { Diagram } from './diagram.ts';
import { drawingName } from './drawing-name.ts';
import { startDrawer } from './drawer.ts';

/** The repository keeps drawings here, so that a build needs neither Mermaid nor a browser. */
export const keptDrawings = join(root, 'content', 'drawings');

/** Where to find drawings and a browser, and where to warn. The defaults are this project's own. */
export interface Places {
  kept: string;
  /** A build puts the drawings that it makes here. */
  cache: string;
  /** Returns the path of a Chromium to draw with, or undefined if there is none. Installs nothing. */
  findBrowser: () => string | undefined;
  warn: (words: string) => void;
}

export class Drawings {
  readonly #places: Places;
  /** We run one browser at a time, since the machine may have little memory. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(places: Partial<Places> = {}) {
    const cache = join(root, '.cache', 'drawings');
    this.#places = { kept: keptDrawings, cache, findBrowser: findChromium, warn: console.warn, ...places };
  }

  /** Returns a diagram's drawing, or undefined if there is none and no browser to draw it. Throws if Mermaid cannot draw it. */
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
    const inPage = 'the page will draw it in the reader’s browser';
    if (browser === undefined) {
      warn(`Warning: “${diagram.name}” is not drawn yet, and there is no Chromium to draw it, so ${inPage}.`);
      return undefined;
    }
    const drawer = await startDrawer(browser).catch((error: unknown) => {
      warn(`Warning: “${diagram.name}” is not drawn yet, and ${browser} does not start (${String(error)}), so ${inPage}.`);
    });
    if (!drawer) return undefined;
    const svg = await drawer.draw(diagram).finally(() => drawer.end());
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, drawingName(diagram)), `${svg}\n`);
    warn(`Warning: “${diagram.name}” was drawn for this build only. Run npm run diagrams to keep it in the repository.`);
    return svg;
  }
}
