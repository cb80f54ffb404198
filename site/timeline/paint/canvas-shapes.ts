/** Draws lines, areas and crosses on a canvas. */
import type { Layout, Line, Point, Rect } from '../layout/marks.ts';

export type Context = CanvasRenderingContext2D;

function trace(context: Context, lines: readonly Line[]): void {
  context.beginPath();
  for (const [a, b] of lines) {
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
  }
}

export function stroke(context: Context, lines: readonly Line[], colour: string, width: number): void {
  if (lines.length === 0) return;
  trace(context, lines);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

export function fillRects(context: Context, rects: readonly Rect[], colour: string): void {
  context.fillStyle = colour;
  for (const { x, y, width, height } of rects) context.fillRect(x, y, width, height);
}

export function crosses(context: Context, at: readonly Point[], colour: string): void {
  const lines = at.flatMap(({ x, y }): Line[] => [
    [{ x: x - 4, y: y - 4 }, { x: x + 4, y: y + 4 }],
    [{ x: x + 4, y: y - 4 }, { x: x - 4, y: y + 4 }],
  ]); // prettier-ignore
  stroke(context, lines, colour, 2);
}

/** Clips what `paint` draws to the stretch of time in view, so that it stays off the lanes' names. */
export function clipped(context: Context, { orientation, time, width, height }: Layout, paint: () => void): void {
  context.save();
  context.beginPath();
  if (orientation === 'across') context.rect(time.start - 5, 0, width, height);
  else context.rect(0, time.start - 5, width, height);
  context.clip();
  paint();
  context.restore();
}
