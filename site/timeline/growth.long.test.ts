import { flightsOf } from '../../protocol/flight.ts';
import { testGrowth, type Works } from '../../protocol/trace-growth-for-tests.ts';
import type { Trace } from '../../protocol/trace.ts';
import { bandsOf, countPairs } from './bands.ts';
import { type Conversation, readConversation } from './conversation.ts';
import { layoutTimeline } from './layout.ts';
import { legendOf } from './legend.ts';
import type { View } from './marks.ts';
import { momentsOf } from './moments.ts';
import { preview } from './payload.ts';
import { lineWords } from './transcript-words.ts';
import { Transcript } from './transcript.ts';
import { whole } from './viewport.ts';
import { windowSize } from './window.tsx';
import { conversationWords, directionWords } from './words.ts';
import { measureDuplex } from '../../protocol/duplex.ts';

const sizes = {
  across: { width: 960, height: 480, orientation: 'across' },
  down: { width: 360, height: 480, orientation: 'down' },
} as const;

function laidOut(trace: Trace, orientation: View['orientation']): unknown {
  const conversation = readConversation(trace, flightsOf(trace));
  const pairs = countPairs(bandsOf(conversation.connections));
  return layoutTimeline(conversation, { ...whole(conversation.end), ...sizes[orientation], pairs });
}

/** The transcript with a window's lines in words: the first ones, and the last. */
function told(trace: Trace): unknown {
  const transcript = new Transcript();
  transcript.read(trace.events);
  const lines = transcript.lines();
  const shown = [...lines.slice(0, windowSize), ...lines.slice(-windowSize)];
  return shown.map((line) => lineWords(line, { transcript, connections: trace.connections }));
}

function inWords({ flights, connections }: Conversation): unknown {
  const rows = [...flights.slice(0, windowSize), ...flights.slice(-windowSize)];
  return [
    rows.map((flight) => [directionWords(flight, connections), preview(flight)]),
    conversationWords(flights, connections, measureDuplex(flights)),
  ];
}

const works: Works = {
  'laid out across the page': (trace) => laidOut(trace, 'across'),
  'laid out down the page': (trace) => laidOut(trace, 'down'),
  'explained in a legend': (trace) => legendOf(readConversation(trace, flightsOf(trace))),
  'told as text': told,
  'shown as a table': (trace) => inWords(readConversation(trace, flightsOf(trace))),
  'stepped through': (trace) => momentsOf({ trace, flights: flightsOf(trace) }),
};

testGrowth(works, 250);
