import { expect, test } from 'vitest';
import { readConversation } from '../conversation/conversation.ts';
import { answer, connection, textFlight } from '../testing/flights-for-tests.ts';
import { layoutTimeline } from './layout.ts';
import type { Layout, Line, Orientation } from './marks.ts';

const sizes = { across: { width: 480, height: 240 }, down: { width: 360, height: 456 } };

/** Lays out two frames of `takes` ms each in 400 ms, or less when zoomed in, with server times known to ± `uncertaintyMs`. */
function layoutOf(uncertaintyMs: number, takes: number, orientation: Orientation = 'across', zoom = 1): Layout {
  const flights = [textFlight(100, { receivedAt: 100 + takes }), answer(200, { receivedAt: 200 + takes })];
  const trace = { connections: [connection('A1')], events: [], clock: { offsetMs: 0, uncertaintyMs } };
  const view = { from: 0, to: 400 / zoom, orientation, ...sizes[orientation] };
  return layoutTimeline(readConversation(trace, flights), view);
}

function width({ clock, orientation }: Layout): number {
  const [[a, b]] = clock as [Line];
  return Math.abs(orientation === 'across' ? b.x - a.x : b.y - a.y);
}
const notes = ({ texts }: Layout): string[] => texts.filter(({ role }) => role === 'note').map(({ text }) => text);

test('server times that are off by less than half of what frames take need no mark', () => {
  expect(layoutOf(19, 40).clock).toBeUndefined();
  expect(layoutOf(0, 0.1).clock).toBeUndefined();
});

test.each(['across', 'down'] as const)(
  'server times that may be off by more get a bracket as wide as that, with time %s',
  (orientation) => {
    const layout = layoutOf(30, 40, orientation);
    expect(layout.clock).toHaveLength(3);
    const perMs = (layout.time.end - layout.time.start) / 400;
    expect(width(layout)).toBeCloseTo(60 * perMs, 6);
    const server = layout.frames[0]?.farLane ?? NaN;
    const [[at]] = layout.clock as [Line];
    // Beside the server's lane, on the side where no frame is drawn.
    expect((orientation === 'across' ? at.y : at.x) - server).toBe(8);
    expect(notes(layout)).toEqual([orientation === 'across' ? 'known to ± 30.0 ms' : '± 30.0 ms']);
  },
);

test('a mark that is too small to be seen is drawn once the view zooms in', () => {
  expect(layoutOf(2, 2).clock).toBeUndefined();
  expect(width(layoutOf(2, 2, 'across', 2))).toBeGreaterThan(6);
});

test('a bracket that is wider than the picture goes on beyond its end, with its words inside', () => {
  const layout = layoutOf(900, 40);
  expect(layout.clock).toHaveLength(2);
  expect(width(layout)).toBeCloseTo(layout.time.end - 6 - layout.time.start, 6);
  expect(layout.texts.find(({ role }) => role === 'note')).toMatchObject({ anchor: 'end', at: { x: layout.time.end - 4 } });
});
