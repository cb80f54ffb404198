import type { Line, Point, Rect } from '../layout/marks.ts';

/** Rounds to half pixels: exact enough to read, and short to send. */
export const half = (value: number): number => Math.round(value * 2) / 2;

const short = (value: number): string => String(value).replace(/^(-?)0\./, '$1.');
const pair = (a: number, b: number): string => short(a) + (b < 0 ? '' : ' ') + short(b);

/**
 * Writes path data (SVG 2 §9.3) with each step counted from the last: what repeats in a run then repeats as text, and the
 * pictures of a page compress to half. Rounds places and not steps, so that nothing drifts.
 */
export class SvgPath {
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
    return this.#shape(corners).close();
  }

  segment(line: Line): this {
    return this.#shape(line);
  }

  box({ x, y, width, height }: Rect): this {
    const [right, bottom] = [x + width, y + height];
    return this.polygon([
      { x, y },
      { x: right, y },
      { x: right, y: bottom },
      { x, y: bottom },
    ]);
  }

  toString(): string {
    return this.#text;
  }

  /** Rounds the start, and each corner's distance from it, so that equal shapes are equal text wherever they are. */
  #shape([first, ...others]: readonly Point[]): this {
    if (!first) return this;
    this.move(first);
    const { x, y } = this.#at;
    for (const corner of others) this.line({ x: x + half(corner.x - first.x), y: y + half(corner.y - first.y) });
    return this;
  }

  #step(to: Point, words: (dx: number, dy: number) => string): this {
    const next = { x: half(to.x), y: half(to.y) };
    this.#text += words(next.x - this.#at.x, next.y - this.#at.y);
    this.#at = next;
    return this;
  }
}
