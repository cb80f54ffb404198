/** Marks, with a few words each, where connections and exchanges end, a link broke, or events are left out. */
import type { HttpExchange } from '../../../protocol/trace/exchange.ts';
import type { ConnectionLife } from '../conversation/conversation.ts';
import { extentOf, textWidth } from './labels.ts';
import { along, point } from './marks.ts';
import type { BarMark, FrameMark, Layout, PointMark, TextMark } from './marks.ts';

/** How long an end may take to hear of a cut, ms. */
const aboutThen = 100;

/** How far below its moment a note stands when time runs down, pixels; `belowLost` where a frame may have been lost. */
const below = 15;
const belowLost = 28;

/** The lanes of one connection, where its notes go. */
interface Ends {
  client: number;
  server: number;
}

export function addEnds(layout: Layout, life: ConnectionLife, ends: Ends): void {
  const { time, orientation, points, breaks } = layout;
  const isInView = (ms: number): boolean => ms >= time.from && ms <= time.to;
  const add = (ms: number, side: keyof Ends, kind: PointMark['kind'], words: string): void => {
    if (!isInView(ms)) return;
    const t = along(layout, ms);
    points.push({ at: point(orientation, t, ends[side]), kind });
    const away = Math.sign(ends.server - ends.client) * (side === 'client' ? 1 : -1);
    note(layout, t, ends[side], away, words, kind === 'cut' ? belowLost : below);
  };
  for (const { time: ms, kind } of life.linkEnds) {
    if (!isInView(ms)) continue;
    const t = along(layout, ms);
    breaks.push({ line: [point(orientation, t, ends.client), point(orientation, t, ends.server)], kind });
    const words = kind === 'cut' ? 'link cut' : 'link silent: neither end is told';
    note(layout, t, (ends.client + ends.server) / 2, 0, words);
  }
  for (const side of ['client', 'server'] as const) {
    const closing = life.closed[side];
    if (!closing) continue;
    const { wasClean, code } = closing;
    // If both ends agree, only one of them says it.
    const isSaid = side === 'server' && wasClean && life.closed.client?.code === code;
    add(
      closing.time,
      side,
      wasClean ? 'closed' : 'cut',
      isSaid
        ? ''
        : wasClean
          ? `closed: ${code}`
          : life.openedAt[side] === undefined
            ? `never opened: ${code}`
            : `ended without a close: ${code}`,
    );
  }
  for (const { time: ms, count } of life.omitted) add(ms, 'server', 'omitted', `${count} events left out here`);
  for (const exchange of life.exchanges) {
    const { endedAt, request, parts, status } = exchange;
    if (endedAt === undefined) continue;
    // An answer from the link itself does not cross it, so it has no line.
    if (request.receivedAt === undefined && parts[0] && parts[0].sentAt === undefined) {
      if (isInView(endedAt))
        note(
          layout,
          along(layout, endedAt),
          ends.client,
          Math.sign(ends.server - ends.client),
          `the link refuses: ${status ?? ''}`,
        );
    }
    if (!isGivenUp(exchange)) continue;
    // If the link broke, the note stands where it broke.
    const isCut = life.linkEnds.some(({ time: cutAt }) => Math.abs(cutAt - endedAt) < aboutThen);
    add(endedAt, 'client', isCut ? 'cut' : 'aborted', isCut ? '' : 'given up');
  }
}

/**
 * Returns true for an exchange that was not answered whole. A refusal that was answered whole is a failure for an
 * EventSource, but nobody gave it up.
 */
export function isGivenUp({ complete, client, status = 0 }: HttpExchange): boolean {
  return complete === false && !(client?.outcome === 'failed' && status >= 400);
}

/** The shortest bracket that visibly holds several frames, pixels. */
const leastBracket = 20;

/** Writes how many frames a message has, beside the arrival of its last one, between the lanes. */
export function addMessages(layout: Layout, messages: Layout['messages']): void {
  for (const { line, frames, arrived } of messages) {
    const [from, to] = line;
    if (frames < 2 || !arrived || Math.abs(to.x - from.x) + Math.abs(to.y - from.y) < leastBracket) continue;
    if (layout.orientation === 'across') {
      const y = arrived.y + Math.sign(to.y - arrived.y) * 30 + 4;
      const text = `one message in ${frames} frames`;
      const x = Math.min(arrived.x + 8, layout.width - 4 - textWidth(text, 'sans'));
      write(layout, { at: { x, y }, text, anchor: 'start', role: 'note' });
      continue;
    }
    const away = Math.sign(to.x - arrived.x);
    for (const [row, text] of ['one message', `in ${frames} frames`].entries()) {
      const at = { x: arrived.x + 8 * away, y: arrived.y + 20 + 13 * row };
      write(layout, { at, text, anchor: away > 0 ? 'start' : 'end', role: 'note' });
    }
  }
}

/** Writes over both bars that two words collided, for time running down, where text is wider than the bars. */
export function addCollisions(layout: Layout, bars: readonly BarMark[], middle: number): void {
  for (const { look, rect } of bars) {
    if (look !== 'lost' || rect.height < 14) continue;
    write(layout, { at: { x: middle, y: rect.y + rect.height / 2 + 4 }, text: 'collision', anchor: 'middle', role: 'note' });
  }
}

/** Writes how often frames were lost and sent again, at the middle of their ways. */
export function addLosses(layout: Layout, marks: readonly FrameMark[]): void {
  for (const { resent, departed, end } of marks) {
    if (resent === 0 || !departed || !end) continue;
    const [x, y] = [(departed.x + end.x) / 2, (departed.y + end.y) / 2];
    write(layout, { at: { x: x + 4, y: y + 4 }, text: `lost, sent again ×${resent}`, anchor: 'start', role: 'note' });
  }
}

/** Writes a note beside the lane at `s`, on the side `away`; after its moment if there is room, else before it. */
function note(layout: Layout, t: number, s: number, away: number, text: string, under = below): void {
  if (layout.orientation === 'across') {
    const fits = t + textWidth(text, 'sans') + 8 < layout.width;
    const y = s + (away > 0 ? 15 : away < 0 ? -7 : 4);
    write(layout, { at: { x: fits ? t + 5 : t - 5, y }, text, anchor: fits ? 'start' : 'end', role: 'note' });
  } else {
    const anchor = away > 0 ? 'start' : away < 0 ? 'end' : 'middle';
    // A note on what both ends share moves above its moment if there is no room below, where the ends' own notes stand.
    const width = textWidth(text, 'sans');
    const x = away > 0 ? Math.min(s + 8, layout.width - 2 - width) : away < 0 ? Math.max(s - 8, 2 + width) : s;
    const y = away === 0 && t + 28 > layout.time.end ? t - 7 : Math.min(t + under, layout.height - 4);
    write(layout, { at: { x, y }, text, anchor, role: 'note' });
  }
}

/** Adds a text unless it would cover another note. */
function write(layout: Layout, text: TextMark): void {
  if (text.text === '') return;
  const [from, to] = extentOf(text);
  const isTaken = layout.texts.some((other) => {
    if (other.role !== 'note' || Math.abs(other.at.y - text.at.y) >= 13) return false;
    const [otherFrom, otherTo] = extentOf(other);
    return from < otherTo && to > otherFrom;
  });
  if (!isTaken) layout.texts.push(text);
}
