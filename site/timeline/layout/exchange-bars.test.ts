import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HttpExchange } from '../../../protocol/trace/exchange.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { flightsOf } from '../../../protocol/trace/flight-index.ts';
import { emptyTrace, type ExchangeEvent } from '../../../protocol/trace/trace.ts';
import { readConversation } from '../conversation/conversation.ts';
import { extentOf } from './labels.ts';
import { layoutTimeline } from './layout.ts';
import { along, type Layout, type View } from './marks.ts';
import { exchangeRowsOf, spanAtServer } from '../conversation/exchange-rows.ts';

const view = (orientation: View['orientation']): View =>
  orientation === 'across'
    ? { from: 0, to: 1000, width: 560, height: 390, orientation }
    : { from: 0, to: 1000, width: 360, height: 480, orientation };

/** Test data: an exchange whose request is with the server from `from` to `to`, on a link of 40 ms. */
function poll(
  exchange: number,
  from: number,
  to: number,
  changes: { status?: number; connection?: string } = {},
): ExchangeEvent[] {
  const { status = 200, connection = 'A1' } = changes;
  const of = { connection, exchange } as const;
  const up = { ...of, direction: 'client-to-server' } as const;
  const down = { ...of, direction: 'server-to-client', part: 0 } as const;
  return [
    { ...of, time: from - 40, at: 'socket', name: 'exchange_started', method: 'GET', target: '/s/x.A1/long-poll/news?after=0' },
    { ...up, time: from - 40, at: 'socket', name: 'request_sent', bytes: '47' },
    { ...up, time: from - 40, at: 'link', name: 'request_departed' },
    { ...up, time: from, at: 'server', name: 'request_received' },
    { ...down, time: to, at: 'server', name: 'response_sent', status, length: 0, final: true },
    { ...down, time: to, at: 'link', name: 'response_departed' },
    { ...down, time: to + 40, at: 'socket', name: 'response_received', bytes: '00'.repeat(93), final: true },
    { ...of, time: to + 40, at: 'socket', name: 'exchange_ended', complete: true },
  ];
}

function layoutOf(events: ExchangeEvent[], orientation: View['orientation'] = 'across'): Layout {
  const trace = { ...emptyTrace(), events };
  const flights: readonly Flight[] = flightsOf(trace);
  return layoutTimeline(readConversation(trace, flights), view(orientation));
}

describe('an HTTP exchange on the timeline', () => {
  test('has its answer behind its bar only if it does not reach the next bar, whichever connection that is of', () => {
    const events = [...poll(0, 100, 110), ...poll(1, 900, 910), ...poll(0, 140, 150, { connection: 'A2' })];
    const { bars, texts } = layoutOf(events);
    const next = bars.map(({ rect }) => rect).toSorted((a, b) => a.x - b.x)[1];
    const behind = texts.filter(({ role, at }) => role === 'held' && at.x < (next?.x ?? 0));
    expect(bars).toHaveLength(3);
    // There is room behind the last bar.
    expect(texts.filter(({ role }) => role === 'held').length).toBeGreaterThan(behind.length);
    for (const text of behind) expect(extentOf(text)[1]).toBeLessThanOrEqual(next?.x ?? 0);
  });

  test('is a request on its way, the time for which it is held, and a response on its way', () => {
    const layout = layoutOf(poll(0, 100, 600));
    expect(layout.frames.map(({ look, direction, state }) => [look, direction, state])).toEqual([
      ['http', 'client-to-server', 'received'],
      ['http', 'server-to-client', 'received'],
    ]);
    const [bar, ...others] = layout.bars;
    expect(others).toEqual([]);
    expect(bar?.look).toBe('held');
    expect(bar?.rect.x).toBeCloseTo(along(layout, 100), 9);
    expect((bar?.rect.x ?? 0) + (bar?.rect.width ?? 0)).toBeCloseTo(along(layout, 600), 9);
  });

  test.each(['across', 'down'] as const)(
    'says with time %s what was asked, for how long it was held, and what was answered',
    (orientation) => {
      const texts = layoutOf(poll(0, 100, 600), orientation).texts.map(({ text }) => text);
      const wanted = orientation === 'across' ? ['GET /long-poll/news', 'held by the server for 500 ms', '200 · 93 B'] : ['held 500 ms', '200 · 93 B']; // prettier-ignore
      for (const text of wanted) expect(texts).toContain(text);
    },
  );

  test('is marked as refused only when it was', () => {
    const refused = layoutOf([...poll(0, 100, 200), ...poll(1, 300, 400, { status: 403 })]).frames.filter((mark) => mark.refused);
    expect(refused.map(({ flight }) => flight.exchange?.status)).toEqual([403]);
  });

  test('ends with a mark of its own, which is not trouble, when its client gave up', () => {
    const events: ExchangeEvent[] = [
      ...poll(0, 100, 600).slice(0, 4),
      {
        connection: 'A1',
        exchange: 0,
        time: 300,
        at: 'socket',
        name: 'exchange_ended',
        complete: false,
        reason: 'The client went away.',
      },
    ];
    const layout = layoutOf(events);
    expect(layout.points.map(({ kind }) => kind)).toEqual(['aborted']);
    expect((layout.bars[0]?.rect.x ?? 0) + (layout.bars[0]?.rect.width ?? 0)).toBeCloseTo(along(layout, 300), 9);
  });

  test('shares lanes with its client’s others, and is drawn beside them when they are held at once', () => {
    const layout = layoutOf([...poll(0, 100, 600), ...poll(1, 200, 500, { connection: 'A2' })]);
    expect(layout.lanes).toHaveLength(2);
    const [a, b] = layout.bars.map(({ rect }) => rect);
    expect((a?.y ?? 0) + (a?.height ?? 0)).toBeLessThanOrEqual(b?.y ?? 0);
  });

  test('has its bar between the server’s two lanes, on its client’s side, when there are two clients', () => {
    const layout = layoutOf([...poll(0, 100, 600), ...poll(1, 200, 500, { connection: 'B1' })]);
    const lanes = layout.lanes.map(({ line }) => line[0].y);
    const [a, b] = layout.bars.map(({ rect }) => rect);
    expect(lanes).toEqual([lanes[0], lanes[1], lanes[2], lanes[3]].sort((x = 0, y = 0) => x - y));
    expect(a?.y).toBeGreaterThan(lanes[1] ?? Infinity);
    expect((b?.y ?? 0) + (b?.height ?? 0)).toBeLessThan(lanes[2] ?? 0);
    expect((a?.y ?? 0) + (a?.height ?? 0)).toBeLessThanOrEqual(b?.y ?? 0);
  });
});

test('exchanges that the server holds at the same time never have the same place', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 20 }), (spans) => {
      const exchanges = spans.map(
        ([receivedAt, length]) =>
          ({
            request: { receivedAt },
            parts: [],
            endedAt: length === undefined ? undefined : receivedAt + length,
          }) as unknown as HttpExchange,
      );
      const { of, count } = exchangeRowsOf(exchanges);
      for (const a of exchanges) {
        expect(of.get(a)).toBeLessThan(count);
        for (const b of exchanges) {
          if (a === b || of.get(a) !== of.get(b)) continue;
          const [first, second] = [spanAtServer(a), spanAtServer(b)] as [[number, number], [number, number]];
          expect(first[1] <= second[0] || second[1] <= first[0]).toBe(true);
        }
      }
    }),
  );
});
