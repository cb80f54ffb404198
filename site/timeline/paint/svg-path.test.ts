import { expect, it } from 'vitest';
import { SvgPath } from './svg-path.ts';

it('writes each step relative to the last, with one number along an axis, and nothing that is not needed', () => {
  const path = new SvgPath().segment([{ x: 64, y: 4 }, { x: 64, y: 28 }]).segment([{ x: 70.5, y: 4 }, { x: 70, y: 28 }]); // prettier-ignore
  expect(String(path)).toBe('M64 4v24m6.5-24l-.5 24');
});

it('shortens halves below one and no others', () => {
  expect(String(new SvgPath().move({ x: 0.5, y: -0.5 }).line({ x: 11, y: 10 }))).toBe('M.5-.5l10.5 10.5');
});

it('goes on from where a closed outline began', () => {
  const path = new SvgPath().box({ x: 10, y: 20, width: 5, height: 7.5 }).box({ x: 30, y: 20, width: 5, height: 7.5 });
  expect(String(path)).toBe('M10 20h5v7.5h-5zm20 0h5v7.5h-5z');
});

it('writes equal shapes equally, wherever they are', () => {
  const tipAt = (x: number) => [{ x, y: 19.1 }, { x: x - 6.7, y: 14.3 }, { x: x - 1.2, y: 10.9 }]; // prettier-ignore
  const path = [10.1, 20.3, 30.6, 41.1].reduce((data, x) => data.polygon(tipAt(x)), new SvgPath());
  expect(String(path)).toBe('M10 19l-6.5-5l5.5-3zm10.5 0l-6.5-5l5.5-3zm10 0l-6.5-5l5.5-3zm10.5 0l-6.5-5l5.5-3z');
});

it('rounds places to half pixels and not the steps between them, so that a thousand steps do not drift', () => {
  const path = new SvgPath().move({ x: 0, y: 0 });
  for (let i = 1; i <= 1000; i++) path.line({ x: i * 0.3, y: 0 });
  const steps = String(path).slice('M0 0h'.length).split('h').map(Number);
  expect(steps.reduce((sum, step) => sum + step, 0)).toBe(300);
});
