/** Draws how long the server has each request in its hands: first holding it without a word, then answering. */
import type { HttpExchange } from '../../../protocol/trace/exchange.ts';
import { type BarPlace, barRect, barTexts, rowsOf, textBehind } from './bars.ts';
import type { BarMark, Layout, TextMark } from './marks.ts';
import { type ExchangeRows, spanAtServer } from '../conversation/exchange-rows.ts';
import { formatTime } from '../words/time.ts';

/** Returns the bars of one pair's exchanges. */
export function exchangeBars(
  layout: Layout,
  exchanges: readonly HttpExchange[],
  rows: ExchangeRows,
  place: Omit<BarPlace, 'rows'>,
): BarMark[] {
  return exchanges.flatMap((exchange) => {
    const [receivedAt, endsAt] = spanAtServer(exchange) ?? [];
    const row = rows.of.get(exchange);
    if (receivedAt === undefined || endsAt === undefined || row === undefined) return [];
    const answeredAt = exchange.parts[0]?.sentAt;
    const bar = (look: BarMark['look'], from: number, to: number, wordings: string[]): BarMark[] => {
      const rect = barRect(layout, { ...place, rows: rows.count }, row, from, to);
      return rect ? [{ look, rect, wordings, exchange }] : [];
    };
    const held = bar('held', receivedAt, answeredAt ?? endsAt, heldWords(exchange));
    const isOpen = answeredAt !== undefined && endsAt > answeredAt;
    return isOpen ? [...bar('open', answeredAt, endsAt, openWords(exchange)), ...held] : held;
  });
}

function heldWords({ heldMs }: HttpExchange): string[] {
  if (heldMs === undefined) return ['held by the server', 'held', ''];
  const time = formatTime(heldMs);
  return [`held by the server for ${time}`, `held ${time}`, time, ''];
}

function openWords({ parts }: HttpExchange): string[] {
  const sent = parts.length - 1;
  return [`response stays open: ${sent} ${sent === 1 ? 'part' : 'parts'} sent on it`, 'response stays open', 'open', ''];
}

/**
 * Returns the texts in the bars, and the answer behind each. `answered` holds the exchanges whose answer is written; the
 * others have no room for it.
 */
export function exchangeTexts(
  marks: readonly BarMark[],
  answers: ReadonlyMap<HttpExchange, string>,
  end: number,
): { texts: TextMark[]; answered: ReadonlySet<HttpExchange> } {
  const nextInRow = rowsOf(marks);
  const texts = barTexts(marks, nextInRow, end);
  const answered = new Set<HttpExchange>();
  const streams = new Set(marks.flatMap(({ look, exchange }) => (look === 'open' && exchange ? [exchange] : [])));
  for (const mark of marks) {
    const { exchange, look } = mark;
    const answer = exchange && answers.get(exchange);
    if (look !== 'held' || !exchange || !answer || streams.has(exchange)) continue;
    const text = textBehind(mark, nextInRow, answer, end);
    if (!text) continue;
    texts.push(text);
    answered.add(exchange);
  }
  return { texts, answered };
}

/** Does the same for time running down, where bars are narrow: writes beside the server's lane at `s` unless a label is there. */
export function exchangeTextsBeside(marks: readonly BarMark[], s: number, taken: readonly TextMark[]): TextMark[] {
  const texts: TextMark[] = [];
  const isNear = (y: number, { at }: TextMark): boolean => Math.abs(at.y - y) < 13;
  for (const { exchange, look, rect } of marks) {
    if (look !== 'held' || rect.height < 16 || exchange?.heldMs === undefined) continue;
    const y = rect.y + rect.height / 2 + 4;
    if (taken.some((text) => isNear(y, text)) || texts.some((text) => isNear(y, text))) continue;
    texts.push({ at: { x: s, y }, text: `held ${formatTime(exchange.heldMs)}`, anchor: 'start', role: 'held' });
  }
  return texts;
}
