import { signal } from '@preact/signals';
import fc from 'fast-check';
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { corpus, recordedTraces } from '../../protocol/export/corpus-for-tests.ts';
import { toHar } from '../../protocol/export/har.ts';
import { toPcapng } from '../../protocol/export/pcapng.ts';
import type { Flight } from '../../protocol/trace/flight.ts';
import { flightsOf, indexOf } from '../../protocol/trace/flight-index.ts';
import { largeTraces } from '../../protocol/testing/large-traces-for-tests.ts';
import { joinTraces } from '../../protocol/trace/joined-traces.ts';
import type { Trace } from '../../protocol/trace/trace.ts';
import { FlightDetails } from '../inspector/FlightDetails.tsx';
import { readConversation } from '../timeline/conversation/conversation.ts';
import { layoutTimeline } from '../timeline/layout/layout.ts';
import { Timeline } from '../timeline/Timeline.tsx';
import { TimelineSvg } from '../timeline/paint/TimelineSvg.tsx';
import { lineWords } from '../timeline/words/transcript-words.ts';
import { Transcript } from '../timeline/words/transcript.ts';
import { whole } from '../timeline/layout/viewport.ts';
import { compare } from './comparison.ts';
import { figuresOf } from './figures.ts';
import { openTrace } from './open-trace.ts';

/** Does everything that the page of traces can do with a trace, except what needs a browser. */
function showAll(trace: Trace): void {
  const flights = flightsOf(trace);
  const conversation = readConversation(trace, flights);
  for (const orientation of ['across', 'down'] as const) {
    const view = { ...whole(conversation.end), width: 700, height: 500, orientation, pairs: 1 };
    for (const running of [false, true]) {
      const layout = layoutTimeline(conversation, { ...view, running });
      render(h(TimelineSvg, { layout, id: 'x', title: 't', description: 'd' }));
    }
    layoutTimeline(conversation, { ...view, from: conversation.end / 3, to: conversation.end / 2 });
  }
  const signals = { revision: signal(0), live: signal(undefined), selected: signal<Flight | undefined>(undefined) };
  render(h(Timeline, { trace, flights, ...signals }));
  const transcript = new Transcript(indexOf(trace));
  transcript.read(trace.events);
  for (const line of transcript.lines()) lineWords(line, conversation);
  for (const flight of flights) render(h(FlightDetails, { flight, flights, clock: trace.clock }));
  JSON.stringify(toHar(trace));
  toPcapng(trace);
  figuresOf(trace, flights);
  const traces = [{ name: 'a', trace }, { name: 'b', trace }]; // prettier-ignore
  const joined = joinTraces(traces);
  compare(traces, joined, flightsOf(joined.trace));
}

const short = recordedTraces().filter(([, { events }]) => events.length < 120);
const traces: Trace[] = [
  ...short.map(([, trace]) => trace),
  ...Object.values(largeTraces).map((make) => make(3)),
  { ...corpus(), events: corpus().events.slice(0, 60) },
];
const texts = traces.map((trace) => JSON.stringify(trace));

/** Replacements for values of the same type. Most of them can be drawn. */
const alike: Record<string, readonly unknown[]> = {
  string: [
    ...[
      '',
      '__proto__',
      'constructor',
      'toString',
      '1'.repeat(150),
      'http://[',
      'wss://',
      '\ud800',
      '<b>',
      'A1',
      'A2',
      '/half-duplex/x?floor=0',
    ],
    ...['81', '817f', '81ffffffffffffffffff', '88 02 03', 'c100', '474554', '485454502f312e312034', '1'.repeat(150)],
    ...['client-to-server', 'server-to-client', 'client', 'socket', 'link', 'server', 'text', 'binary', 'http'],
    ...[
      'frame_sent',
      'frame_received',
      'message_received',
      'response_sent',
      'exchange_started',
      'link_cut',
      'later',
      'reconnecting',
    ],
  ],
  number: [-1, 0, 0.5, 1, 2, 3, 8, 15, 126, 255, 404, 1006, 65_535, 1_000_000, 2 ** 31, 2 ** 32, 2 ** 53, 1e12, -1e12, 1e300],
  boolean: [true, false],
};
const wild: readonly unknown[] = [null, true, 'x', 7, {}, [], [[]], { length: 3 }];

interface Change {
  path: readonly number[];
  pick: number;
  isWild: boolean;
}

/** Changes one place in the document, found by walking down it. An item of a list may be removed instead. */
function changeAt(document: unknown, { path, pick, isWild }: Change): void {
  let holder = document as Record<string, unknown>;
  for (const [depth, step] of path.entries()) {
    const keys = Object.keys(holder);
    const key = keys[step % Math.max(1, keys.length)];
    if (key === undefined) return;
    const below = holder[key];
    const isBranch = typeof below === 'object' && below !== null;
    if (isBranch && depth < path.length - 1) {
      holder = below as Record<string, unknown>;
      continue;
    }
    const values = isWild ? wild : (alike[typeof below] ?? []);
    if (values.length > 0) holder[key] = values[pick % values.length];
    else if (Array.isArray(holder)) holder.splice(Number(key), 1);
    return;
  }
}

test('any trace is refused in a sentence, or the page can do everything with it', () => {
  const change = fc.record({
    // Most of a document is its events.
    path: fc.tuple(fc.constantFrom(4, 4, 4, 4, 3, 2, 1), fc.nat(10_000), fc.nat(50), fc.nat(50)),
    pick: fc.nat(100),
    isWild: fc.oneof({ arbitrary: fc.constant(false), weight: 15 }, { arbitrary: fc.constant(true), weight: 1 }),
  });
  let opened = 0;
  fc.assert(
    fc.property(fc.nat(texts.length - 1), fc.array(change, { minLength: 1, maxLength: 4 }), (which, changes) => {
      const document: unknown = JSON.parse(texts[which] as string);
      for (const one of changes) changeAt(document, one);
      let trace: Trace;
      try {
        trace = openTrace(JSON.stringify(document));
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
        expect((error as Error).message).toMatch(/^Cannot read trace: [^{}]{5,200}$/);
        return;
      }
      opened++;
      showAll(trace);
    }),
    { numRuns: 700 },
  );
  // Enough changes must leave a trace that can be shown, or only the refusals would be tested.
  expect(opened).toBeGreaterThan(150);
});

test('a file that is cut off anywhere is refused in a sentence', () => {
  const [text] = texts as [string];
  for (let at = 0; at < text.length; at += 97) {
    expect(() => openTrace(text.slice(0, at))).toThrow(
      /^Cannot read trace: the file (is empty|is not JSON|breaks off before its end)$/,
    );
  }
});
