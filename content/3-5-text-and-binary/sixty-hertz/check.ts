import { type Check, type CheckResult, judgeEach } from '../../../protocol/messages/exercise.ts';
import { type Flight, isData } from '../../../protocol/trace/flight.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { payloadOf } from '../../../protocol/trace/payload.ts';

/** What passes: a second's worth of messages at least, at about 60 Hz, which a browser's timers keep to within a few. */
const wanted = { messages: 60, bytes: 20, slowest: 52, fastest: 68 };
/** The circle on which the player runs, and how far from it a position may be. */
const circle = { x: 200, y: 150, radius: 100, within: 1 };

/** One connection sent positions at 60 Hz, each binary, of at most 20 bytes, with x and y of the circle at bytes 4 and 8. */
const check: Check = (trace, flights) =>
  judgeEach(trace, (id) =>
    judge(
      trace,
      id,
      flights.filter((flight) => isData(flight) && flight.direction === 'client-to-server' && flight.connection === id),
    ),
  );

function judge(trace: Trace, id: string, sent: readonly Flight[]): CheckResult {
  const first = sent[0];
  if (!first) return { passed: false, message: 'The client sent no message. It takes at least 60, in about one second.' };
  const longest = Math.max(...sent.map(({ length }) => length));
  const rates = ratesOf(sent.map(({ sentAt }) => sentAt));
  const usual = rates[rates.length >> 1] ?? NaN;
  // A busy machine is late with messages, and never early: its best stretches tell what the program asks for.
  const best = rates[Math.floor(rates.length * 0.9)] ?? NaN;
  const rate = usual < wanted.slowest ? best : usual;
  const late = rate !== usual && rate >= wanted.slowest ? ` where this busy machine kept up, ${Math.round(usual)} otherwise` : '';
  const texts = sent.filter(({ messageKind }) => messageKind === 'text').length;
  const speed = sent.length < 2 ? 'one message' : `${sent.length} messages at ${Math.round(rate)} a second${late}`;
  const seen = `You sent ${speed}, ${texts > 0 ? `${texts} of them text` : 'all binary'}, the longest of ${longest} bytes.`;
  const refused = trace.events.find((event) => event.name === 'connection_closed' && event.connection === id);
  if (refused?.name === 'connection_closed' && refused.code === 1008) {
    return {
      passed: false,
      message: `${seen} The sandbox closed with 1008: "${refused.reason}" Two seconds at 60 Hz are within its limit.`,
    };
  }
  const missing = [
    texts > 0 ? 'send bytes: an ArrayBuffer, filled through a DataView' : '',
    longest > wanted.bytes ? `at most ${wanted.bytes} bytes a message` : '',
    sent.length < wanted.messages ? `at least ${wanted.messages} messages` : '',
    sent.length > 1 && (rate < wanted.slowest || rate > wanted.fastest) ? '60 messages a second, evenly' : '',
  ].filter((what) => what !== '');
  if (missing.length > 0) return { passed: false, message: `${seen} Still missing: ${missing.join('; ')}.` };
  const astray = sent.find((flight) => !isOnCircle(flight, false));
  if (!astray) return { passed: true, message: `${seen} And every one holds a place on the circle.` };
  const turned = isOnCircle(astray, true)
    ? ' Its bytes are little-endian, as a true or a typed array writes them: use a DataView, and leave out the true.'
    : '';
  return {
    passed: false,
    message: `${seen} But message ${sent.indexOf(astray) + 1} holds no place on the circle: x is to be a Float32 at byte 4, y one at byte 8.${turned}`,
  };
}

/** How many a second there were in each stretch of so many messages, from the slowest stretch to the quickest. */
function ratesOf(times: readonly number[]): number[] {
  const stretch = Math.min(12, times.length - 1);
  return times
    .slice(stretch)
    .map((time, i) => (stretch * 1000) / (time - (times[i] as number)))
    .sort((a, b) => a - b);
}

function isOnCircle(flight: Flight, littleEndian: boolean): boolean {
  const payload = payloadOf(flight);
  if (payload.length < 12) return false;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const [x, y] = [view.getFloat32(4, littleEndian), view.getFloat32(8, littleEndian)];
  return Math.abs(Math.hypot(x - circle.x, y - circle.y) - circle.radius) <= circle.within;
}

export default check;
