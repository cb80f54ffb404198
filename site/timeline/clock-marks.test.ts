import { expect, test } from 'vitest';
import { readConversation } from './conversation.ts';
import { answer, connection, textFlight } from './flights-for-tests.ts';
import { layoutTimeline } from './layout.ts';
import type { Layout, View } from './marks.ts';

/** Two frames of `takes` ms each, in a picture of 1 px for each ms, with server times known to ± `uncertaintyMs`. */
function layoutOf(
  uncertaintyMs: number,
  takes: number,
  { orientation = 'across', per = 1 }: Partial<Pick<View, 'orientation'>> & { per?: number } = {},
): Layout {
  const flights = [textFlight(100, { receivedAt: 100 + takes }), answer(200, { receivedAt: 200 + takes })];
  const trace = { connections: [connection('A1')], events: [], clock: { offsetMs: 0, uncertaintyMs } };
  const view = { from: 0, to: 400 / per, width: 480, height: 240, orientation };
  return layoutTimeline(readConversation(trace, flights), orientation === 'down' ? { ...view, width: 360, height: 456 } : view);
}
const width = ({ clock, orientation }: Layout): number => {
  const [
    [a, b] = [
      { x: 0, y: 0 },
      { x: 0, y: 0 },
    ],
  ] = clock?.lines ?? [];
  return Math.abs(orientation === 'across' ? b.x - a.x : b.y - a.y);
};

test('server times that are off by less than half of what frames take need no mark', () => {
  expect(layoutOf(20, 100).clock).toBeUndefined();
  expect(layoutOf(0, 0.1).clock).toBeUndefined();
});

test.each(['across', 'down'] as const)(
  'those that may be off by more have a bracket as wide as that, with time %s',
  (orientation) => {
    const layout = layoutOf(30, 40, { orientation });
    expect(layout.clock).toMatchObject({ uncertaintyMs: 30 });
    expect(layout.clock?.lines).toHaveLength(3);
    const perMs = (layout.time.end - layout.time.start) / 400;
    expect(width(layout)).toBeCloseTo(60 * perMs, 6);
    const { frames } = layout;
    const server = frames[0]?.farLane ?? NaN;
    const [[at]] = layout.clock?.lines as [[{ x: number; y: number }, unknown]];
    // Beside the server's lane, on the side where no frame is drawn.
    expect((orientation === 'across' ? at.y : at.x) - server).toBe(8);
  },
);

test('what is too small to be seen is drawn when it is zoomed in to', () => {
  expect(layoutOf(0.4, 0.5).clock).toBeUndefined();
  const zoomed = layoutOf(0.4, 0.5, { per: 3 });
  expect(zoomed.clock).toBeUndefined();
  expect(width(layoutOf(2, 2, { per: 2 }))).toBeGreaterThan(6);
});

test('one that is wider than the picture goes on beyond its beginning', () => {
  const layout = layoutOf(900, 40);
  expect(layout.clock?.lines).toHaveLength(2);
  expect(width(layout)).toBeCloseTo(layout.time.end - 6 - layout.time.start, 6);
});
