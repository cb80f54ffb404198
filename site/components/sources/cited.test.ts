import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { citation } from './citation.ts';
import { citedSources, referencesIn } from './cited.ts';

it('finds every Cite and Rule on a page, however it is written', () => {
  const text = `A fact <Cite rfc="6455" section="5.1" />, <Cite rfc={9293} /> and\n<Rule\n  standard="websockets" anchor="dom-websocket-send">…</Rule>`;
  expect(referencesIn(text)).toEqual([
    { rfc: '6455', section: '5.1' },
    { rfc: '9293' },
    { standard: 'websockets', anchor: 'dom-websocket-send' },
  ]);
});

it('lists each section once, in the order of the cited text, with the pages that cite it', () => {
  const pages = new Map([
    ['a', '<Cite rfc="6455" section="5.10" /> <Cite rfc="6455" section="5.2" /> <Cite rfc="6455" section="5.2" />'],
    ['b', '<Cite rfc="6455" section="5.2" /> <Cite rfc="9293" />'],
  ]);
  expect(citedSources(pages).map(({ source, sections }) => [source, sections.map(({ label, pages }) => [label, pages])])).toEqual(
    [
      [
        'RFC 6455',
        [
          ['RFC 6455 §5.2', ['a', 'b']],
          ['RFC 6455 §5.10', ['a']],
        ],
      ],
      ['RFC 9293', [['RFC 9293', ['b']]]],
    ],
  );
});

/** The anchors of the HTML chapter that references lead to, as of 2026. */
const ofServerSentEvents = [
  'server-sent-events',
  'the-eventsource-interface',
  'sse-processing-model',
  'the-last-event-id-header',
  'parsing-an-event-stream',
  'event-stream-interpretation',
  'authoring-notes',
];

it('cites only the chapter on server-sent events from HTML', () => {
  for (const file of globSync('content/**/*.mdx'))
    for (const reference of referencesIn(readFileSync(file, 'utf8')))
      if ('standard' in reference && reference.standard === 'html') expect(ofServerSentEvents, file).toContain(reference.anchor);
});

it('can cite every reference on every page', () => {
  for (const file of globSync('content/**/*.mdx')) {
    for (const reference of referencesIn(readFileSync(file, 'utf8'))) expect(() => citation(reference), file).not.toThrow();
  }
});
