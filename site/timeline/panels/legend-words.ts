/** Explains a picture to somebody who sees it for the first time: only what occurs in it. */
import { isHttp } from '../../../protocol/trace/flight.ts';
import { isControl } from '../../../protocol/wire/frame.ts';
import { isHalfDuplex } from '../conversation/half-duplex-air.ts';
import { isGivenUp } from '../layout/connection-ends.ts';
import { isRefusal } from '../layout/frame-marks.ts';
import type { ConnectionLife, Conversation } from '../conversation/conversation.ts';

/** The looks to explain, in the order they are listed. */
const words = {
  handshake: 'opening handshake',
  http: 'HTTP request or response',
  refused: 'refused',
  both: 'bytes on the way in both directions at once',
  control: 'control frame: ping, pong or close',
  continues: 'more of its message follows',
  held: 'the server holds the request and has not answered yet',
  open: 'the response stays open: the server may add to it',
  air: 'a word on the air that both share',
  lost: 'collision: two spoke at once, and both words are lost',
  floor: 'its turn to speak',
  wait: 'waits before it goes out',
  queue: 'bytes that wait: the deeper, the more',
  resent: 'lost on its way, sent again',
  gone: 'never arrived',
  closed: 'closed properly',
  cut: 'ended without a close',
  break: 'the link is cut',
  silent: 'the link falls silent',
  aborted: 'broken off before the answer was complete',
  omitted: 'events left out',
} as const;

export type LegendKey = keyof typeof words;

export interface LegendItem {
  key: LegendKey;
  text: string;
}

/** The shortest wait that can be seen, ms. */
const leastWait = 20;

/** Returns what a line is and which looks occur. Visits every flight. */
export function legendOf(conversation: Conversation): { line: string; items: LegendItem[] } {
  const found = new Set<LegendKey>();
  let [hasFrames, hasHttp] = [false, false];
  const { flights, connections, pairs } = conversation;
  // If events were left out, nobody knows which frames never arrived.
  const told = connections.filter(({ omitted }) => omitted.length === 0);
  const over = new Set(told.filter(({ closed }) => closed.client ?? closed.server).map(({ id }) => id));
  for (const flight of flights) {
    const { kind, captured, sentAt, departedAt = sentAt, receivedAt, dropped, resent = 0, connection } = flight;
    if (kind === 'handshake') found.add('handshake');
    else if (kind === 'frame') hasFrames = true;
    if (isHttp(flight)) {
      hasHttp = true;
      found.add('http');
    }
    if (isRefusal(flight)) found.add('refused');
    if (kind === 'frame' && captured && isControl(captured.opcode)) found.add('control');
    if (kind === 'frame' && captured?.fin === false) found.add('continues');
    if (resent > 0) found.add('resent');
    if (departedAt - sentAt >= leastWait) found.add('wait');
    if (dropped ?? (receivedAt === undefined && over.has(connection))) found.add('gone');
  }
  for (const life of connections) noteLife(life, found);
  if (pairs.some((pair) => conversation.carriedBy(pair.connections).both.length > 0)) found.add('both');
  for (const direction of ['client-to-server', 'server-to-client'] as const) {
    if (pairs.some((pair) => conversation.queueOf(pair.connections, direction))) found.add('queue');
  }
  const what = hasHttp ? (hasFrames ? 'frame, request or response' : 'request or response') : 'frame';
  return {
    line: `Each slanted line is one ${what}: it begins when it was sent and ends when it arrived.`,
    items: (Object.keys(words) as LegendKey[]).filter((key) => found.has(key)).map((key) => ({ key, text: words[key] })),
  };
}

function noteLife({ closed, linkEnds, omitted, exchanges, url }: ConnectionLife, found: Set<LegendKey>): void {
  for (const closing of [closed.client, closed.server]) if (closing) found.add(closing.wasClean ? 'closed' : 'cut');
  for (const { kind } of linkEnds) found.add(kind === 'cut' ? 'break' : 'silent');
  if (omitted.length > 0) found.add('omitted');
  for (const exchange of exchanges) {
    const { heldMs = 0, parts } = exchange;
    if (heldMs >= leastWait || parts.length === 0) found.add('held');
    if (parts.length > 0 && parts[0]?.final === false) found.add('open');
    if (isGivenUp(exchange) && linkEnds.length === 0) found.add('aborted');
  }
  if (!isHalfDuplex(url)) return;
  found.add('air');
  if (url.includes('floor=0')) found.add('lost');
  else found.add('floor');
}
