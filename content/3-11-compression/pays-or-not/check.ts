import type { Check } from '../../../protocol/messages/exercise.ts';
import { agreesToCompress } from '../../../protocol/trace/compression.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';

/** A message of the client's: its bytes as the program gave them, and its payload on the wire. */
interface Sent {
  given: number;
  wire: number;
  compressed: boolean;
  /** The connection had agreed to compression, whatever became of this message. */
  agreed: boolean;
  connection: string;
  url: string;
}

/** What to find, in words, and what fits. */
const wanted: { what: string; fits: (message: Sent) => boolean }[] = [
  {
    what: 'a message of at least 1000 bytes that shrinks to a tenth',
    fits: ({ given, wire }) => given >= 1000 && wire <= given / 10,
  },
  {
    what: 'a message of at least 100 bytes that gains nothing',
    // Firefox sends such a message as it is.
    fits: ({ given, wire, compressed }) => given >= 100 && (wire > given || !compressed),
  },
  { what: 'a message of at least 50 bytes that takes at most 12', fits: ({ given, wire }) => given >= 50 && wire <= 12 },
];

/** Of the messages that may be compressed one shrank to a tenth, one gained nothing, and a third one took next to nothing. */
const check: Check = (trace) => {
  if (trace.connections.length === 0) return { passed: false, message: 'No connection was opened in this run.' };
  const sent = sentMessages(trace);
  const compressed = sent.filter((message) => message.compressed);
  if (compressed.length === 0) {
    return {
      passed: false,
      message: `Of ${sent.length} messages none was compressed: RSV1 is 0 in each of them. The address has to agree to it, with ?compress=1 or ?compress=takeover.`,
    };
  }
  const found: (Sent | undefined)[] = [];
  const candidates = sent.filter(({ agreed }) => agreed);
  for (const { fits } of wanted) found.push(candidates.find((message) => fits(message) && !found.includes(message)));
  const [shrank, gainedNothing, small] = found;
  if (shrank && gainedNothing && small)
    return {
      passed: true,
      message: `${told(shrank)}; ${told(gainedNothing)}, though it is not short; and ${told(small)}, ${whySmall(small, compressed)}.`,
    };
  const missing = wanted.filter((_, i) => !found[i]).map(({ what }) => what);
  const longest = compressed.filter(({ given }) => given >= 100).sort((a, b) => b.wire / b.given - a.wire / a.given)[0];
  const advice = [
    !gainedNothing && longest
      ? `The one that gained least: ${told(longest)}. Only bytes of which each is as likely as any other leave nothing to save.`
      : '',
    !small && !compressed.some(({ url }) => url.includes('takeover'))
      ? 'For the last one a connection has to keep what it has sent: ?compress=takeover.'
      : '',
  ];
  return {
    passed: false,
    message: [`${compressed.length} messages were compressed. Still missing: ${missing.join('; ')}.`, ...advice]
      .filter((words) => words !== '')
      .join(' '),
  };
};

/** In the window of its connection a message that has been there before is only a reference. */
function whySmall(small: Sent, compressed: readonly Sent[]): string {
  const before = compressed
    .slice(0, compressed.indexOf(small))
    .find(({ connection, given, wire }) => connection === small.connection && given === small.given && wire > small.wire);
  return before ? `after ${before.wire} for the first of that length: the window still held it` : 'by its own repetition';
}

const told = ({ given, wire, compressed }: Sent): string =>
  compressed ? `${given} bytes became ${wire}` : `${given} bytes stayed as they are, since your browser saw nothing to gain`;

/** Every message that the client sent in one frame, as given to `send()` and as captured. RSV1 marks a compressed one (RFC 7692 §6). */
function sentMessages(trace: Trace): Sent[] {
  const agreed = new Set(
    trace.events.flatMap((event) =>
      event.name === 'handshake_sent' && event.direction === 'server-to-client' && agreesToCompress(event.bytes ?? '')
        ? [event.connection]
        : [],
    ),
  );
  return trace.events.flatMap((event) => {
    if (event.name !== 'frame_sent' || event.direction !== 'client-to-server' || event.message === undefined) return [];
    const given = trace.events.find(
      (other) => other.name === 'message_sent' && other.connection === event.connection && other.message === event.message,
    );
    if (given?.name !== 'message_sent') return [];
    const url = trace.connections.find(({ id }) => id === event.connection)?.url ?? '';
    const compressed = (event.rsv & 4) !== 0;
    return [
      {
        given: given.length,
        wire: event.length,
        compressed,
        agreed: agreed.has(event.connection),
        connection: event.connection,
        url,
      },
    ];
  });
}

export default check;
