import type { Line, Point, Rect } from './marks.ts';

/** Half pixels are exact enough to be read, and short to be sent. */
export const half = (value: number): number => Math.round(value * 2) / 2;

const short = (value: number): string => String(value).replace(/^(-?)0\./, '$1.');
const pair = (a: number, b: number): string => short(a) + (b < 0 ? '' : ' ') + short(b);

/**
 * Writes path data (SVG 2 §9.3) with each step counted from the last: what happens again and again in a run is then the same text
 * again and again, and the pictures of a page compress to half. Places are rounded, steps are not, so that nothing drifts.
 */
export class PathData {
  #text = '';
  #at: Point = { x: 0, y: 0 };
  #start: Point = this.#at;

  move(to: Point): this {
    this.#step(to, (dx, dy) => `${this.#text === '' ? 'M' : 'm'}${pair(dx, dy)}`);
    this.#start = this.#at;
    return this;
  }

  line(to: Point): this {
    return this.#step(to, (dx, dy) => (dy === 0 ? `h${short(dx)}` : dx === 0 ? `v${short(dy)}` : `l${pair(dx, dy)}`));
  }

  close(): this {
    this.#text += 'z';
    this.#at = this.#start;
    return this;
  }

  polygon(corners: readonly Point[]): this {
    corners.forEach((corner, index) => (index === 0 ? this.move(corner) : this.line(corner)));
    return this.close();
  }

  segment([a, b]: Line): this {
    return this.move(a).line(b);
  }

  /** Its size is rounded by itself, so that boxes of one size look alike wherever they are. */
  box({ x, y, width, height }: Rect): this {
    const [left, top, right, bottom] = [half(x), half(y), half(x) + half(width), half(y) + half(height)];
    return this.polygon([
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
    ]);
  }

  toString(): string {
    return this.#text;
  }

  #step(to: Point, words: (dx: number, dy: number) => string): this {
    const next = { x: half(to.x), y: half(to.y) };
    this.#text += words(next.x - this.#at.x, next.y - this.#at.y);
    this.#at = next;
    return this;
  }
}
