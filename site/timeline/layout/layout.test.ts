// Longer than most files: one test for each thing that a picture can show.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { flightsOf, indexOf } from '../../../protocol/trace/flight-index.ts';
import { type TraceEvent, emptyTrace, toHex } from '../../../protocol/trace/trace.ts';
import { answer, closed, connection, conversationOf, started, textFlight } from '../testing/flights-for-tests.ts';
import { ConversationReader, readConversation } from '../conversation/conversation.ts';
import { extentOf } from './labels.ts';
import { layoutTimeline } from './layout.ts';
import { legendOf } from '../panels/legend-words.ts';
import { along, timeAt } from './marks.ts';
import type { TextMark, View } from './marks.ts';
import { shortName } from '../conversation/payload-preview.ts';
import { happening } from '../words/transcript-words.ts';
import { Transcript } from '../words/transcript.ts';

const across: View = { from: 0, to: 1000, width: 720, height: 224, orientation: 'across' };
const down: View = { from: 0, to: 1000, width: 360, height: 480, orientation: 'down' };

describe('a frame on the timeline', () => {
  test('is a line from its own lane at its sending to the other lane at its receipt', () => {
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

  test('stays on its lane until it departs, if it waited for its turn', () => {
    const [mark] = layoutTimeline(conversationOf([textFlight(100, { departedAt: 400, receivedAt: 500 })]), across).frames;
    expect(mark?.sent.y).toBe(mark?.departed?.y);
    expect(mark?.departed?.x).toBeGreaterThan(mark?.sent.x ?? Infinity);
  });

  test('ends short of the other lane if the link dropped it', () => {
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

  test('is lost if its connection ended before it arrived, unfinished if the trace ended first, and flying while the run goes on', () => {
    const flight = textFlight(100, { receivedAt: undefined });
    const stateIn = (events: ReturnType<typeof closed>, running: boolean) =>
      layoutTimeline(conversationOf([flight], [connection('A1')], events), { ...across, running }).frames[0]?.state;
    expect(stateIn(closed('A1', 150), false)).toBe('lost');
    // Its arrival may be among the events that were left out.
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

describe('a run that was stopped', () => {
  /** Returns a frame sent `age` ms before the stop at 800 ms, over a link that takes 500 ms. */
  const aged = (age: number, changes: Partial<Flight> = {}): Flight =>
    textFlight(800 - age, { receivedAt: undefined, takes: 500, ...changes });
  const stopped = (flights: readonly Flight[], view: View, events = [started('A1', 0)]) => {
    const trace = { connections: [connection('A1')], events, stoppedAt: 800 };
    return layoutTimeline(new ConversationReader({ trace, flights }).read(), view);
  };

  test('shows each frame that was in flight as far on its way as its age, at the moment of the stop', () => {
    const age = fc.double({ min: 1, max: 480, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(age, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        fc.constantFrom(across, down),
        (ages, isUp, view) => {
          const direction = isUp ? 'client-to-server' : 'server-to-client';
          const layout = stopped(ages.map((own) => aged(own, { direction })), view); // prettier-ignore
          for (const { flight, state, lane, farLane, end } of layout.frames) {
            expect(state).toBe('unfinished');
            const [t, s] = view.orientation === 'across' ? [end?.x, end?.y] : [end?.y, end?.x];
            expect(t).toBeCloseTo(along(layout, 800), 6);
            expect(s).toBeCloseTo(lane + ((farLane - lane) * (800 - flight.sentAt)) / 500, 6);
          }
        },
      ),
    );
  });

  test('shows a late frame short of the other end, and one that had not set out on its lane until then', () => {
    const [late, waiting] = stopped([aged(700), aged(300, { departedAt: undefined, takes: undefined })], across).frames;
    expect(late?.end?.y).toBeLessThan(late?.farLane ?? 0);
    expect(late?.end?.y).toBeGreaterThan(((late?.lane ?? 0) + (late?.farLane ?? 0)) / 2);
    expect(waiting?.end).toEqual(waiting?.departed);
    expect(waiting?.end?.y).toBe(waiting?.lane);
    expect(waiting?.end?.x).toBeCloseTo(late?.end?.x ?? 0, 6);
  });

  test('goes by how long other frames took when the link did not say how long this one would', () => {
    const [, under] = stopped([textFlight(100, { receivedAt: 300 }), aged(50, { takes: undefined })], across).frames;
    expect(under?.end?.y).toBeCloseTo((under?.lane ?? 0) + ((under?.farLane ?? 0) - (under?.lane ?? 0)) / 4, 6);
  });

  test('ends the lines of its connections at the stop, at both ends', () => {
    const layout = stopped([textFlight(100)], across);
    for (const { lives } of layout.lanes) expect(lives[0]?.[1].x).toBeCloseTo(along(layout, 800), 6);
  });
});

test('a frame that was on its way when the link was cut is drawn as far as it had come', () => {
  const cut = textFlight(100, { receivedAt: undefined, takes: 400, dropped: { at: 200, reason: 'The link was cut.' } });
  const layout = layoutTimeline(conversationOf([cut]), across);
  const [mark] = layout.frames;
  expect(mark?.end?.x).toBeCloseTo(along(layout, 200), 6);
  expect(mark?.end?.y).toBeCloseTo((mark?.lane ?? 0) + ((mark?.farLane ?? 0) - (mark?.lane ?? 0)) / 4, 6);
});

describe('the server’s line of a connection', () => {
  const hex = (text: string): string => Array.from(text, (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  const half = (direction: Flight['direction'], sentAt: number, receivedAt: number | undefined, text: string): Flight => ({
    ...textFlight(sentAt, { direction, receivedAt, departedAt: sentAt }),
    kind: 'handshake',
    captured: { fin: true, rsv: 0, opcode: 0, masked: false, length: text.length, bytes: hex(text) },
  });
  const serverLives = (flights: readonly Flight[], events: TraceEvent[] = []) => {
    const layout = layoutTimeline(conversationOf(flights, [connection('A1')], [started('A1', 100), ...events]), across);
    return layout.lanes.filter(({ side }) => side === 'server').flatMap(({ lives }) => lives.map((life) => life.map(({ x }) => timeAt(layout, x)))); // prettier-ignore
  };
  const asked = half('client-to-server', 100, 300, 'GET / HTTP/1.1');

  test('begins when the request arrives, and ends with the answer that refuses it', () => {
    const [life] = serverLives([asked, half('server-to-client', 310, 500, 'HTTP/1.1 403 Forbidden')]);
    expect(life?.[0]).toBeCloseTo(300, 6);
    expect(life?.[1]).toBeCloseTo(310, 6);
  });

  test('goes on when the answer accepts the connection', () => {
    const [life] = serverLives([asked, half('server-to-client', 310, 500, 'HTTP/1.1 101 Switching Protocols')]);
    expect(life?.[0]).toBeCloseTo(300, 6);
    expect(life?.[1]).toBeCloseTo(1000, 6);
  });

  test('is absent when the request never arrived', () => {
    expect(
      serverLives([half('client-to-server', 100, undefined, 'GET / HTTP/1.1')], closed('A1', 400, false).slice(0, 1)),
    ).toEqual([]);
  });
});

test('a request that the link does not carry has no answer from the server, in the picture or in words: the link refuses it', () => {
  const of = { connection: 'A1', exchange: 0, request: 0 } as const;
  const up = { ...of, direction: 'client-to-server' } as const;
  const head = toHex(new TextEncoder().encode('HTTP/1.1 403 Forbidden\r\n\r\nThis link is simplex.\n'));
  const events: TraceEvent[] = [
    { time: 100, at: 'client', name: 'exchange_started', connection: 'A1', request: 0, method: 'GET', target: '/events/x', api: 'fetch' },
    { ...of, time: 110, at: 'socket', name: 'exchange_started', method: 'GET', target: '/events/x' },
    { ...up, time: 110, at: 'socket', name: 'request_sent' },
    { ...up, time: 111, at: 'link', name: 'request_dropped', reason: 'This link is simplex.' },
    { ...of, time: 112, at: 'socket', name: 'response_received', direction: 'server-to-client', part: 0, status: 403, bytes: head, final: true },
    { ...of, time: 113, at: 'socket', name: 'exchange_ended', complete: true },
    { time: 120, at: 'client', name: 'response_received', connection: 'A1', request: 0, direction: 'server-to-client', part: 0, status: 403 },
    { time: 121, at: 'client', name: 'exchange_ended', connection: 'A1', request: 0, complete: false, cause: 'failed' },
  ]; // prettier-ignore
  const trace = { ...emptyTrace(), connections: [{ id: 'A1', client: 'A', url: '/events/x', kind: 'http' as const }], events };
  const conversation = readConversation(trace, flightsOf(trace));
  const layout = layoutTimeline(conversation, across);
  expect(layout.frames.map(({ flight, state }) => [flight.kind, state])).toEqual([['request', 'dropped']]);
  expect(layout.bars).toEqual([]);
  expect(layout.points).toEqual([]);
  expect(layout.texts.map(({ text }) => text)).toContain('the link refuses: 403');
  const transcript = new Transcript(indexOf(trace));
  transcript.read(events);
  const words = transcript.lines().map((line) => happening(line, conversation));
  expect(words).toContain('the link itself answers GET /events/x of client A with 403');
  expect(words.filter((text) => text.includes('the server'))).toEqual([]);
});

describe('lanes', () => {
  const labels = (connections: ReturnType<typeof connection>[], events = connections.map(({ id, url }) => started(id, 0, url))) =>
    layoutTimeline(conversationOf([], connections, events), across)
      .texts.filter(({ role }) => role === 'lane' || role === 'caption')
      .map(({ text }) => text);

  test('are the client and the server for one connection', () => {
    expect(labels([connection('A1')])).toEqual(['client A', 'server']);
  });

  test('share the server between two clients at one address', () => {
    expect(labels([connection('A1', '/broadcast/x'), connection('B1', '/broadcast/x')])).toEqual([
      'client A',
      'server',
      'client B',
    ]);
  });

  test('are three pairs for three connections of one client, told apart by what differs in their addresses', () => {
    const three = ['simplex', 'half', 'full'].map((duplex, i) => connection(`A${i + 1}`, `/ticker?every=150&duplex=${duplex}`));
    expect(labels(three).filter((text) => text.startsWith('duplex'))).toEqual(['duplex=simplex', 'duplex=half', 'duplex=full']);
    expect(labels(three)).toHaveLength(9);
  });

  test('have numbers to tell apart two connections of one client to one address', () => {
    const two = [connection('A1', '/crowd'), connection('A2', '/crowd')];
    expect(labels(two).filter((text) => text.includes('/crowd'))).toEqual(['1. /crowd', '2. /crowd']);
    expect(labels([...two, connection('A3', '/echo')]).filter((text) => text.includes('/'))).toEqual([
      '1. /crowd',
      '2. /crowd',
      '/echo',
    ]);
  });

  test('have names that do not overlap down a narrow page, in one wording for all', () => {
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

  test('pass from a connection that ended to the one that follows it', () => {
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

  test('are written without what they share with the one before when room is short', () => {
    expect(texts(across, 50).map(({ text }) => text)).toEqual(['client 1', '…3', '…4', '…5', '…6', '…7', '…8', 'client 9']);
  });

  test('are written beside lines that stand for many frames only if they are no data, or the next line is far away', () => {
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
