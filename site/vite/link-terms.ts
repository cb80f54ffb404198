/**
 * Links each word of the glossary where it first occurs in the course, as `<Term>` does by hand. It does so while a lesson's text
 * is read, so that moving a lesson moves the links too.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { byPlace, lessonPlace } from '../curriculum.ts';

/** How the words are written, by the glossary's anchors: only words that mean one thing wherever they stand. */
export const words: Readonly<Record<string, string>> = {
  backpressure: 'backpressure',
  bandwidth: 'bandwidth',
  'close-code': 'close codes?',
  'close-frame': 'Close frames?',
  'closing-handshake': 'closing handshakes?',
  'control-frame': 'control frames?',
  'event-stream': 'event streams?',
  fragment: 'fragments?',
  frame: 'frames?',
  'full-duplex': 'full-duplex',
  'half-duplex': 'half-duplex',
  'half-open': 'half-open',
  handshake: 'opening handshakes?',
  heartbeat: 'heartbeats?',
  jitter: 'jitter',
  latency: 'latency',
  'long-polling': 'long polling',
  masking: 'masking|masked',
  opcode: 'opcodes?',
  payload: 'payloads?',
  ping: 'pings?',
  pong: 'pongs?',
  'short-polling': 'short polling',
  simplex: 'simplex',
  sse: 'server-sent events?',
  stall: 'stalls?',
  subprotocol: 'subprotocols?',
  trace: 'traces?',
  utf8: 'UTF-8',
};

/** Code, tags, links and expressions stay as they are. */
const untouched = /(`[^`]*`|<a [^]*?<\/a>|<[^>]*>|\[[^\]]*\]\([^)]*\)|\{[^}]*\})/;

/** Returns a lesson's text with each of these words linked at its first occurrence in the prose, and the words it found. */
export function linkFirst(text: string, ids: readonly string[]): { text: string; found: string[] } {
  const missing = new Set(ids);
  let isFenced = false;
  const isProse = (line: string): boolean => {
    if (line.startsWith('```')) isFenced = !isFenced;
    return !isFenced && /^(?:[\p{L}\p{N}*“"(]|- )/u.test(line) && !/^(?:import|export) /.test(line);
  };
  const [, head = '', body = ''] = /^(---\n[^]*?\n---\n)?([^]*)$/.exec(text) ?? [];
  const lines = body.split('\n').map((line) => {
    if (!isProse(line)) return line;
    const linked = (part: string): string => {
      const [before, after, id] = firstIn(part, missing) ?? [];
      if (id === undefined || before === undefined || after === undefined) return part;
      missing.delete(id);
      const word = part.slice(before.length, part.length - after.length);
      // `before` has none of the words that are left, because `firstIn` took the first of them.
      return `${before}<a class="term" href="/reference/glossary/#${id}">${word}</a>${linked(after)}`;
    };
    return line
      .split(untouched)
      .map((part, i) => (i % 2 === 0 ? linked(part) : part))
      .join('');
  });
  return { text: head + lines.join('\n'), found: ids.filter((id) => !missing.has(id)) };
}

/** Returns what stands before and after the first of the words, and which it is. Of two at one place, the longer one counts. */
function firstIn(part: string, ids: ReadonlySet<string>): [before: string, after: string, id: string] | undefined {
  let first: { at: number; length: number; id: string } | undefined;
  for (const id of ids) {
    const match = new RegExp(`(?<![\\p{L}-])(?:${words[id] ?? ''})(?![\\p{L}-])`, 'iu').exec(part);
    if (!match) continue;
    const { index: at, 0: word } = match;
    if (!first || at < first.at || (at === first.at && word.length > first.length)) first = { at, length: word.length, id };
  }
  return first && [part.slice(0, first.at), part.slice(first.at + first.length), first.id];
}

/** Returns the words that each lesson is the first to use, by its folder's name. `content` is the folder of the lessons. */
export function firstUses(content: string): Map<string, string[]> {
  const uses = new Map<string, string[]>();
  let left = Object.keys(words);
  const lessons = readdirSync(content).filter((name) => lessonPlace(name) && existsSync(join(content, name, 'index.mdx')));
  for (const lesson of lessons.sort(byPlace)) {
    const { found } = linkFirst(readFileSync(join(content, lesson, 'index.mdx'), 'utf8'), left);
    uses.set(lesson, found);
    left = left.filter((id) => !found.includes(id));
  }
  return uses;
}

/** The plugin, for `astro dev` and `astro build` alike. */
export function linkTerms(content: string): Plugin {
  return {
    name: 'duplex:link-terms',
    enforce: 'pre',
    transform(code, id) {
      const [, lesson] = /[\\/]content[\\/](\d-\d+-[^\\/]+)[\\/]index\.mdx(?:\?|$)/.exec(id) ?? [];
      const ids = lesson === undefined ? undefined : firstUses(content).get(lesson);
      return ids && ids.length > 0 ? { code: linkFirst(code, ids).text, map: null } : undefined;
    },
  };
}
