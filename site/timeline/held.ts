/** How long the server has each request in its hands, as bars beside its lane: held without a word, then answering. */
import type { HttpExchange } from '../../protocol/exchange.ts';
import { textWidth } from './labels.ts';
import { along } from './marks.ts';
import type { HeldMark, Layout, Rect, TextMark } from './marks.ts';
import { type Slots, spanAtServer } from './slots.ts';
import { formatTime } from './time.ts';

/** The same down the page, where bars are narrow: beside the server's lane at `s`, where no label is in the way. */
export function heldTextsBeside(marks: readonly HeldMark[], s: number, taken: readonly TextMark[]): TextMark[] {
  const texts: TextMark[] = [];
  for (const { exchange, held } of marks) {
    if (!held || held.height < 16 || exchange.heldMs === undefined) continue;
    const y = held.y + held.height / 2 + 4;
    if ([...taken, ...texts].some(({ at }) => Math.abs(at.y - y) < 13)) continue;
    texts.push({ at: { x: s, y }, text: `held ${formatTime(exchange.heldMs)}`, anchor: 'start', role: 'held' });
  }
  return texts;
}

/** How far apart the places for bars are, pixels: less where there are many. */
export function slotStep(count: number, isAcross: boolean): number {
  if (!isAcross) return count <= 3 ? 10 : Math.max(4, 30 / count);
  return count <= 2 ? 15 : count <= 4 ? 13 : Math.max(5, 52 / count);
}

/** The room that `count` places take, pixels. */
export const slotsDepth = (count: number, isAcross: boolean): number => (count === 0 ? 0 : count * slotStep(count, isAcross) + 3);

/** What a bar begins with from the lane, and what is kept free between two. */
const gap = 3;
/** An answer that comes at once is held for a fraction of a millisecond; the bar is seen all the same. */
const leastLength = 2;

/** The bars of one pair. `s` is the server's lane, `away` the direction from the client's lane to it. */
export function heldMarks(
  layout: Layout,
  exchanges: readonly HttpExchange[],
  slots: Slots,
  { s, away }: { s: number; away: 1 | -1 },
): HeldMark[] {
  const { from, to } = layout.time;
  const step = slotStep(slots.count, layout.orientation === 'across');
  const bar = (slot: number, first: number, last: number): Rect | undefined => {
    if (last < from || first > to) return undefined;
    const t0 = along(layout, Math.max(first, from));
    const t1 = Math.max(along(layout, Math.min(last, to)), t0 + leastLength);
    const [a, b] = [s + away * (gap + slot * step), s + away * ((slot + 1) * step)];
    const [near, far] = a < b ? [a, b] : [b, a];
    return layout.orientation === 'across'
      ? { x: t0, y: near, width: t1 - t0, height: far - near }
      : { x: near, y: t0, width: far - near, height: t1 - t0 };
  };
  return exchanges.flatMap((exchange) => {
    const [receivedAt, endsAt] = spanAtServer(exchange) ?? [];
    const slot = slots.of.get(exchange);
    if (receivedAt === undefined || endsAt === undefined || slot === undefined) return [];
    const answeredAt = exchange.parts[0]?.sentAt;
    const held = bar(slot, receivedAt, answeredAt ?? endsAt);
    const open = answeredAt !== undefined && endsAt > answeredAt ? bar(slot, answeredAt, endsAt) : undefined;
    return held || open ? [{ exchange, held, open }] : [];
  });
}

/**
 * What is written in the bars, where they are long and thick enough, and behind each what the answer was, where there is room
 * before the next one or `end`. `answered` holds those whose answer is written.
 */
export function heldTexts(
  marks: readonly HeldMark[],
  answers: ReadonlyMap<HttpExchange, string>,
  end: number,
): { texts: TextMark[]; answered: ReadonlySet<HttpExchange> } {
  const texts: TextMark[] = [];
  const answered = new Set<HttpExchange>();
  const write = (rect: Rect | undefined, wordings: readonly string[]): void => {
    if (!rect || rect.height < 10) return;
    const text = wordings.find((words) => textWidth(words, 'sans') + 6 <= rect.width);
    if (text) texts.push({ at: { x: rect.x + 4, y: rect.y + rect.height / 2 + 4 }, text, anchor: 'start', role: 'held' });
  };
  for (const { exchange, held, open } of marks) {
    const { heldMs, parts } = exchange;
    const time = heldMs === undefined ? undefined : formatTime(heldMs);
    write(held, time === undefined ? ['held by the server', 'held'] : [`held by the server for ${time}`, `held ${time}`, time]);
    const events = parts.length - 1;
    const answer = answers.get(exchange);
    if (held && !open && answer) {
      const from = held.x + held.width;
      const next = marks.find((other) => other.held && other.held.y === held.y && other.held.x > from)?.held?.x ?? end;
      if (held.height >= 10 && from + textWidth(answer, 'sans') + 8 <= next) {
        texts.push({ at: { x: from + 4, y: held.y + held.height / 2 + 4 }, text: answer, anchor: 'start', role: 'held' });
        answered.add(exchange);
      }
    }
    write(open, [`response stays open, ${events} ${events === 1 ? 'part' : 'parts'} so far`, 'response stays open', 'open']);
  }
  return { texts, answered };
}
