import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flight } from '../../protocol/flight.ts';
import type { TraceEvent } from '../../protocol/trace.ts';
import { answer, closed, connection, conversationOf, started, textFlight } from './flights-for-tests.ts';
import { extentOf } from './labels.ts';
import { layoutTimeline } from './layout.ts';
import { legendOf } from './legend.ts';
import { along, timeAt } from './marks.ts';
import type { TextMark, View } from './marks.ts';
import { shortName } from './payload.ts';

const across: View = { from: 0, to: 1000, width: 720, height: 224, orientation: 'across' };
const down: View = { from: 0, to: 1000, width: 360, height: 480, orientation: 'down' };

describe('a frame on the timeline', () => {
  test('is a line from its own lane when it was sent to the other lane when it was received', () => {
    const layout = layoutTimeline(conversationOf([textFlight(100, { receivedAt: 600 })]), across);
    const [mark] = layout.frames;
    const [client, server] = layout.lanes.map(({ line }) => line[0].y);
    expect(mark?.departed).toEqual({ x: along(layout, 100), y: client });
    expect(mark?.end).toEqual({ x: along(layout, 600), y: server });
  });

  test('keeps its times in both orientations, whatever they are', () => {
    const time = fc.double({ min: 0, max: 900, noNaN: true });
    fc.assert(
      fc.property(time, time, time, fc.constantFrom(across, down), fc.boolean(), (sent, waits, takes, view, up) => {
        const departedAt = sent + waits;
        const receivedAt = departedAt + takes;
        const flight = (up ? textFlight : answer)(sent, { departedAt, receivedAt });
        const layout = layoutTimeline(conversationOf([flight]), view);
        const [mark] = layout.frames;
        const axis = view.orientation === 'across' ? 'x' : 'y';
        expect(mark?.sent[axis]).toBeCloseTo(along(layout, sent), 9);
        expect(mark?.departed?.[axis]).toBeCloseTo(along(layout, departedAt), 9);
        expect(mark?.end?.[axis]).toBeCloseTo(along(layout, receivedAt), 9);
        expect(timeAt(layout, mark?.end?.[axis] ?? 0)).toBeCloseTo(receivedAt, 6);
      }),
    );
  });

  test('that waited for its turn stays on its lane until it departs', () => {
    const [mark] = layoutTimeline(conversationOf([textFlight(100, { departedAt: 400, receivedAt: 500 })]), across).frames;
    expect(mark?.sent.y).toBe(mark?.departed?.y);
    expect(mark?.departed?.x).toBeGreaterThan(mark?.sent.x ?? Infinity);
  });

  test('that the link dropped ends short of the other lane', () => {
    const flight = textFlight(100, {
      departedAt: undefined,
      receivedAt: undefined,
      dropped: { at: 100, reason: 'The link is simplex.' },
    });
    const [mark] = layoutTimeline(conversationOf([flight]), across).frames;
    expect(mark?.state).toBe('dropped');
    expect(mark?.end?.y).toBeLessThan(mark?.farLane ?? 0);
    expect(mark?.end?.y).toBeGreaterThan(mark?.lane ?? Infinity);
  });

  test('that never arrived is lost once its connection has ended, unfinished where the trace ends first, and flying while it runs', () => {
    const flight = textFlight(100, { receivedAt: undefined });
    const stateIn = (events: ReturnType<typeof closed>, running: boolean) =>
      layoutTimeline(conversationOf([flight], [connection('A1')], events), { ...across, running }).frames[0]?.state;
    expect(stateIn(closed('A1', 150), false)).toBe('lost');
    // Where events were left out, its arrival may be among them.
    const omitted: TraceEvent = { time: 120, at: 'socket', connection: 'A1', name: 'events_omitted', count: 3 };
    expect(stateIn([...closed('A1', 150), omitted], false)).toBe('unfinished');
    const { items } = legendOf(
      conversationOf([textFlight(100, { receivedAt: undefined })], undefined, [...closed('A1', 150), omitted]),
    );
    expect(items.map(({ key }) => key)).toEqual(['closed', 'omitted']);
    expect(stateIn([], false)).toBe('unfinished');
    expect(stateIn([], true)).toBe('flying');
  });

  test('is laid out only where it can be seen', () => {
    const flights = Array.from({ length: 1000 }, (_, i) => textFlight(i * 100));
    const marks = layoutTimeline(conversationOf(flights), { ...across, from: 50_000, to: 51_000 }).frames;
    expect(marks.map(({ flight }) => flight.sentAt)).toEqual(
      flights.map(({ sentAt }) => sentAt).filter((sentAt) => sentAt >= 49_900 && sentAt <= 51_000),
    );
  });
});

describe('lanes', () => {
  const labels = (connections: ReturnType<typeof connection>[], events = connections.map(({ id, url }) => started(id, 0, url))) =>
    layoutTimeline(conversationOf([], connections, events), across)
      .texts.filter(({ role }) => role === 'lane' || role === 'caption')
      .map(({ text }) => text);

  test('of one connection are its client and the server', () => {
    expect(labels([connection('A1')])).toEqual(['client A', 'server']);
  });

  test('of two clients at one address share the server between them', () => {
    expect(labels([connection('A1', '/broadcast/x'), connection('B1', '/broadcast/x')])).toEqual([
      'client A',
      'server',
      'client B',
    ]);
  });

  test('of three connections of one client are three pairs, told apart by what differs in their addresses', () => {
    const three = ['simplex', 'half', 'full'].map((duplex, i) => connection(`A${i + 1}`, `/ticker?every=150&duplex=${duplex}`));
    expect(labels(three).filter((text) => text.startsWith('duplex'))).toEqual(['duplex=simplex', 'duplex=half', 'duplex=full']);
    expect(labels(three)).toHaveLength(9);
  });

  test('of two connections of one client to one address are told apart by a number', () => {
    const two = [connection('A1', '/crowd'), connection('A2', '/crowd')];
    expect(labels(two).filter((text) => text.includes('/crowd'))).toEqual(['1. /crowd', '2. /crowd']);
    expect(labels([...two, connection('A3', '/echo')]).filter((text) => text.includes('/'))).toEqual([
      '1. /crowd',
      '2. /crowd',
      '/echo',
    ]);
  });

  test('down a narrow page have names that do not reach into each other, in one wording for all', () => {
    for (const count of [1, 2, 3, 4, 5, 6]) {
      const many = Array.from({ length: count }, (_, i) => connection(`A${i + 1}`, `/ticker?every=${i}`));
      const events = many.map(({ id, url }) => started(id, 0, url));
      const { texts } = layoutTimeline(conversationOf([], many, events), { ...down, width: 336 });
      const names = texts.filter(({ role }) => role === 'lane');
      expect(names).toHaveLength(2 * count);
      expect(new Set(names.map(({ text }) => text)).size).toBe(2);
      for (const [i, name] of names.entries()) {
        if (i > 0) expect(extentOf(name)[0]).toBeGreaterThan(extentOf(names[i - 1] as TextMark)[1]);
      }
    }
  });

  test('of a connection that ended are taken over by the one that follows it', () => {
    const events = [started('A1', 0), ...closed('A1', 300), started('A2', 400)];
    expect(labels([connection('A1'), connection('A2')], events)).toEqual(['client A', 'server']);
  });

  test('end with a cross where the connection was cut, and with a bar where it was closed', () => {
    const kinds = (wasClean: boolean) =>
      layoutTimeline(conversationOf([], [connection('A1')], closed('A1', 300, wasClean)), across).points.map(({ kind }) => kind);
    expect(kinds(true)).toEqual(['closed', 'closed']);
    expect(kinds(false)).toEqual(['cut', 'cut']);
  });
});

describe('the strip below the lanes', () => {
  test('shows where one direction carried bytes, where the other did, and where both did', () => {
    const layout = layoutTimeline(conversationOf([textFlight(100), answer(150), textFlight(400)]), across);
    const [strip] = layout.strips;
    const spans = (rects: { x: number; width: number }[] = []) =>
      rects.map(({ x, width }) => [Math.round(timeAt(layout, x)), Math.round(timeAt(layout, x + width))]);
    expect(spans(strip?.['client-to-server'])).toEqual([[100, 200], [400, 500]]); // prettier-ignore
    expect(spans(strip?.['server-to-client'])).toEqual([[150, 250]]);
    expect(spans(strip?.both)).toEqual([[150, 200]]);
    expect(spans(layout.both)).toEqual([[150, 200]]);
  });
});

describe('payloads', () => {
  const texts = (view: View, every: number) =>
    layoutTimeline(
      conversationOf(Array.from({ length: 9 }, (_, i) => textFlight(50 + i * every, { text: `client ${i + 1}` }))),
      view,
    ).texts.filter(({ role }) => role === 'payload');

  test('are written whole where there is room', () => {
    expect(texts(across, 100).map(({ text }) => text)).toContain('client 9');
  });

  test('are written without what they share with the one before where room is short', () => {
    expect(texts(across, 50).map(({ text }) => text)).toEqual(['client 1', '…3', '…4', '…5', '…6', '…7', '…8', 'client 9']);
  });

  test('are written where lines stand for many frames only if they are no data, or the next line is far away', () => {
    const many = Array.from({ length: 600 }, (_, i) => textFlight(50 + i, { text: `a${i}` }));
    const others = [textFlight(300.5, { opcode: 9, text: '' }), textFlight(800, { text: 'far' })];
    const layout = layoutTimeline(conversationOf([...many, ...others]), across);
    expect(layout.leftOut).toBeGreaterThan(0);
    const written = layout.texts.flatMap(({ role, text }) => (role === 'payload' ? [text] : []));
    const lastOfMany = layout.frames.at(-2)?.flight as Flight;
    expect(written).toEqual(['ping', shortName(lastOfMany), 'far']);
  });

  test('never lie over one another', () => {
    for (const every of [1, 5, 20, 30, 60, 100]) {
      const labels = texts(across, every);
      for (const [i, { at, text }] of labels.entries()) {
        expect(at.x + text.length * 6.7).toBeLessThanOrEqual(labels[i + 1]?.at.x ?? 720);
      }
      const rows = texts(down, every).map(({ at }) => at.y);
      for (const [i, y] of rows.slice(1).entries()) expect(y - (rows[i] ?? 0)).toBeGreaterThanOrEqual(13);
    }
  });
});

test('a small conversation is laid out as it was when somebody last looked at it', () => {
  const flights = [
    textFlight(100, { receivedAt: 300 }),
    answer(150, { receivedAt: 350 }),
    textFlight(500, { opcode: 9, text: '' }),
  ];
  const events = [started('A1', 20), ...closed('A1', 800)];
  const { frames, ...rest } = layoutTimeline(conversationOf(flights, [connection('A1')], events), across);
  const round = (_: string, value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 10) / 10 : value);
  const marks = frames.map(({ flight, ...mark }) => ({ ...mark, flight: flight.id }));
  expect(JSON.parse(JSON.stringify({ ...rest, frames: marks }, round))).toMatchSnapshot();
});
