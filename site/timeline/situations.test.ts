import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { flightsOf } from '../../protocol/trace/flight-index.ts';
import { readTrace } from '../../protocol/trace/trace.ts';
import { readConversation } from './conversation/conversation.ts';
import { layoutTimeline } from './layout/layout.ts';
import { legendOf } from './panels/legend-words.ts';
import { cornersOf } from './layout/marks.ts';
import type { Layout, Line, Point, Rect, View } from './layout/marks.ts';
import { whole } from './layout/viewport.ts';

const folder = join(import.meta.dirname, 'situations');
const names = globSync('*/trace.json', { cwd: folder })
  .map((path) => basename(dirname(path)))
  .sort();

const sizes = {
  across: { width: 560, height: 390, orientation: 'across' },
  down: { width: 360, height: 480, orientation: 'down' },
} as const;

function conversationIn(name: string) {
  const trace = readTrace(readFileSync(join(folder, name, 'trace.json'), 'utf8'));
  return readConversation(trace, flightsOf(trace));
}

function layoutOf(name: string, orientation: View['orientation']): Layout {
  const conversation = conversationIn(name);
  const pairs = Math.max(1, conversation.pairs.length);
  return layoutTimeline(conversation, { ...whole(conversation.end), ...sizes[orientation], pairs });
}

const at = (point: Point | undefined): string => (point ? `${Math.round(point.x)},${Math.round(point.y)}` : '–');
const line = ([a, b]: Line): string => `${at(a)} ${at(b)}`;
const rect = ({ x, y, width, height }: Rect): string => [x, y, width, height].map(Math.round).join(',');

/** Returns a line for each mark, so that a change of the drawing can be read. */
function written(layout: Layout): string {
  return [
    ...layout.lanes.map(({ side, line: lane }) => `lane ${side} ${line(lane)}`),
    ...layout.frames.map(
      ({ look, direction, state, departed, end, continues, resent, refused }) =>
        `${look} ${direction} ${state} ${at(departed)} ${at(end)}${continues ? ' continues' : ''}${resent ? ` resent ${resent}` : ''}${refused ? ' refused' : ''}`,
    ),
    ...layout.bars.map(({ look, rect: bar }) => `bar ${look} ${rect(bar)}`),
    ...layout.queues.map(({ direction, outline }) => `queue ${direction} ${cornersOf(outline).map(at).join(' ')}`),
    ...layout.messages.map(({ direction, line: bracket }) => `message ${direction} ${line(bracket)}`),
    ...layout.breaks.map(({ kind, line: broken }) => `break ${kind} ${line(broken)}`),
    ...layout.points.map(({ kind, at: point }) => `point ${kind} ${at(point)}`),
    ...layout.texts.flatMap(({ role, text, at: point }) => (role === 'tick' ? [] : [`text ${role} ${at(point)} ${text}`])),
  ].join('\n');
}

describe.each(names)('the situation %s', (name) => {
  test.each(['across', 'down'] as const)('is laid out with time %s as it was when somebody last looked at it', (orientation) => {
    expect(written(layoutOf(name, orientation))).toMatchSnapshot();
  });

  test.each(['across', 'down'] as const)('has nothing outside the picture with time %s', (orientation) => {
    const { width, height, texts, bars, queues } = layoutOf(name, orientation);
    const inside = ({ x, y }: Point): boolean => x >= -1 && x <= width + 1 && y >= -1 && y <= height + 1;
    for (const { at: point, text } of texts) expect([text, inside(point)]).toEqual([text, true]);
    for (const { rect: bar } of bars) expect(inside(bar) && inside({ x: bar.x + bar.width, y: bar.y + bar.height })).toBe(true);
    for (const { outline } of queues) expect(cornersOf(outline).every(inside)).toBe(true);
  });

  test('is explained in words', () => {
    const { line: first, items } = legendOf(conversationIn(name));
    expect([first, ...items.map(({ text }) => text)]).toMatchSnapshot();
  });
});

describe('a recorded situation shows', () => {
  const looks = (name: string): string[] => layoutOf(name, 'across').bars.map(({ look }) => look);
  const texts = (name: string): string[] => layoutOf(name, 'across').texts.map(({ text }) => text);

  test('one word of each station lost at the same time in a collision without a floor, and none lost with a floor', () => {
    const lost = layoutOf('half-duplex-collision', 'across').bars.filter(({ look }) => look === 'lost');
    expect(lost).toHaveLength(2);
    const [a, b] = lost.map(({ rect: { x, width } }) => [x, x + width]) as [number[], number[]];
    expect(Math.max(a[0] ?? 0, b[0] ?? 0)).toBeLessThan(Math.min(a[1] ?? 0, b[1] ?? 0));
    expect(looks('floor-control')).not.toContain('lost');
  });

  test('turns on a floor that do not overlap', () => {
    const turns = layoutOf('floor-control', 'across').bars.filter(({ look }) => look === 'floor');
    expect(turns).toHaveLength(2);
    const [a, b] = turns.map(({ rect: { x, width } }) => [x, x + width]).sort((x, y) => (x[0] ?? 0) - (y[0] ?? 0));
    expect(a?.[1]).toBeLessThanOrEqual((b?.[0] ?? 0) + 1);
  });

  test('the server’s queue to a slow reader, and how many bytes it grew to', () => {
    const { queues } = layoutOf('slow-reader', 'across');
    expect(new Set(queues.map(({ direction }) => direction))).toEqual(new Set(['server-to-client']));
    expect(texts('slow-reader').some((text) => /^up to \d+\.\d kB wait in the server’s queue$/.test(text))).toBe(true);
  });

  test('which frames are one message, which of them is the last, and the ping between them', () => {
    const { frames, messages } = layoutOf('fragments-and-ping', 'across');
    const down = frames.filter(({ direction, flight }) => direction === 'server-to-client' && flight.kind === 'frame');
    const [first, last] = [down.findIndex(({ continues }) => continues), down.findLastIndex(({ continues }) => continues)];
    expect(down.slice(first, last).some(({ look }) => look === 'control')).toBe(true);
    expect(messages).toHaveLength(1);
  });

  test('where a link was cut, and that both ends ended without a close', () => {
    const { breaks, points } = layoutOf('unclean-close', 'across');
    expect(breaks.map(({ kind }) => kind)).toEqual(['cut']);
    expect(points.map(({ kind }) => kind)).toEqual(['cut', 'cut']);
  });

  test('how long the long polls were held', () => {
    expect(looks('long-poll').filter((look) => look === 'held').length).toBeGreaterThanOrEqual(3);
    expect(texts('long-poll').filter((text) => /^held|^\d+ ms$/.test(text)).length).toBeGreaterThanOrEqual(3);
  });

  test('refusals of requests and of a handshake, and that the refused connection never opened', () => {
    const refused = (name: string): boolean[] => layoutOf(name, 'across').frames.flatMap((mark) =>
      mark.direction === 'server-to-client' && mark.look !== 'data' && mark.look !== 'control' ? [mark.refused] : [],
    ); // prettier-ignore
    expect(refused('refused-exchange')).toEqual([true, true, false]);
    expect(refused('refused-handshake')).toEqual([true, false]);
    expect(texts('refused-handshake')).toContain('never opened: 1006');
  });

  test('what the browser itself still holds of what was sent, as the client’s queue', () => {
    const { queues } = layoutOf('browser-buffer', 'across');
    expect(queues.some(({ direction }) => direction === 'client-to-server')).toBe(true);
    const most = texts('browser-buffer').flatMap(
      (text) => /^up to (\d+\.\d+) MB wait in the client’s queue$/.exec(text)?.[1] ?? [],
    );
    expect(most.map(Number).every((mb) => mb > 1 && mb <= 4.8)).toBe(true);
    expect(most).toHaveLength(1);
  });

  test('each control frame by its name, even when frames are close', () => {
    for (const orientation of ['across', 'down'] as const) {
      const words = layoutOf('fragments-and-ping', orientation).texts.map(({ text }) => text);
      expect(words.some((text) => text.startsWith('ping'))).toBe(true);
      expect(words.some((text) => text.startsWith('pong'))).toBe(true);
    }
  });

  test('in words how many frames a message consists of', () => {
    expect(texts('fragments-and-ping')).toContain('one message in 4 frames');
    const down = layoutOf('fragments-and-ping', 'down').texts.map(({ text }) => text);
    expect(down).toEqual(expect.arrayContaining(['one message', 'in 4 frames']));
  });

  test('every request by its method, in the order of their sending, over several connections', () => {
    const written = layoutOf('long-poll', 'across').texts.toSorted((a, b) => a.at.x - b.at.x);
    const requests = written.flatMap(({ text }) => /^(GET|POST)\b/.exec(text)?.[1] ?? []);
    expect(requests).toEqual(['GET', 'POST', 'GET', 'POST', 'GET']);
  });

  test('in words that there was a collision and that a link was cut, down the page too', () => {
    expect(texts('half-duplex-collision')).toContain('collision');
    const down = (name: string): string[] => layoutOf(name, 'down').texts.map(({ text }) => text);
    expect(down('half-duplex-collision').filter((text) => text === 'collision')).toHaveLength(1);
    expect(down('unclean-close')).toEqual(expect.arrayContaining(['link cut', 'ended without a close: 1006']));
    const [most] = texts('slow-reader').flatMap((text) => /^up to (\d+\.\d+ kB) wait/.exec(text)?.[1] ?? []);
    expect(down('slow-reader')).toEqual(expect.arrayContaining([most, 'wait']));
  });

  test('loss as frames that were sent again, with none missing', () => {
    const { frames } = layoutOf('loss-as-stall', 'across');
    expect(frames.some(({ resent }) => resent > 0)).toBe(true);
    expect(frames.every(({ state }) => state === 'received')).toBe(true);
  });
});

test('a refused connection’s line at the server begins with the arrival of its request and ends with the refusal', () => {
  for (const orientation of ['across', 'down'] as const) {
    const layout = layoutOf('refused-handshake', orientation);
    const along = ({ x, y }: Point): number => (orientation === 'across' ? x : y);
    const [client, server] = layout.lanes.map(({ lives }) => lives.map((life) => life.map(along)));
    const [asked, refused] = layout.frames.filter(({ look }) => look === 'handshake');
    expect(server?.[0]?.[0]).toBeCloseTo(along(asked?.end as Point), 6);
    expect(server?.[0]?.[1]).toBeCloseTo(along(refused?.departed as Point), 6);
    // The client's line runs from its request until it has the answer.
    expect(client?.[0]?.[0]).toBeLessThan(along(asked?.departed as Point));
    expect(client?.[0]?.[1]).toBeGreaterThanOrEqual(along(refused?.end as Point));
  }
});
