import { flightsOf, indexOf } from '../../protocol/trace/flight-index.ts';
import { testGrowth, type Works } from '../../protocol/testing/trace-growth-for-tests.ts';
import type { Trace } from '../../protocol/trace/trace.ts';
import { type Conversation, readConversation } from './conversation/conversation.ts';
import { layoutTimeline } from './layout/layout.ts';
import { legendOf } from './panels/legend-words.ts';
import type { View } from './layout/marks.ts';
import { eventTimesOf } from './player/event-times.ts';
import { preview } from './conversation/payload-preview.ts';
import { lineWords } from './words/transcript-words.ts';
import { Transcript } from './words/transcript.ts';
import { whole } from './layout/viewport.ts';
import { windowSize } from './panels/RowWindow.tsx';
import { conversationWords, directionWords } from './words/flight-words.ts';
import { measureDuplex } from '../../protocol/measures/duplex.ts';

const sizes = {
  across: { width: 960, height: 480, orientation: 'across' },
  down: { width: 360, height: 480, orientation: 'down' },
} as const;

function laidOut(trace: Trace, orientation: View['orientation']): unknown {
  const conversation = readConversation(trace, flightsOf(trace));
  const pairs = conversation.pairs.length;
  return layoutTimeline(conversation, { ...whole(conversation.end), ...sizes[orientation], pairs });
}

/** Returns the transcript's first and last window of lines, in words. */
function told(trace: Trace): unknown {
  const transcript = new Transcript(indexOf(trace));
  transcript.read(trace.events);
  const lines = transcript.lines();
  const shown = [...lines.slice(0, windowSize), ...lines.slice(-windowSize)];
  const conversation = readConversation(trace, flightsOf(trace));
  return shown.map((line) => lineWords(line, conversation));
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
  'stepped through': (trace) => eventTimesOf({ trace, flights: flightsOf(trace) }),
};

testGrowth(works, 250);
