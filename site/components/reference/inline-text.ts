/** Splits sentences from the source: code is in backticks, and sections of RFCs and standards become links. */
import { citation } from '../sources/citation.ts';

/** A piece of a sentence. */
export type Piece = { text: string } | { code: string } | { label: string; href: string };

const pattern = /`([^`]+)`|RFC (\d+) §(\d+(?:\.\d+)*|[A-Z])|WHATWG WebSockets|HTML §(\d+(?:\.\d+)*)/g;

/** The anchors, in the HTML standard, of the sections that the source cites by number. */
const htmlAnchors: Record<string, string> = {
  '9.2': 'server-sent-events',
  '9.2.2': 'the-eventsource-interface',
  '9.2.3': 'sse-processing-model',
  '9.2.5': 'parsing-an-event-stream',
  '9.2.6': 'event-stream-interpretation',
};

/** Returns the pieces of a sentence, in order. Throws a RangeError for a section of HTML whose anchor is not listed here. */
export function piecesOf(sentence: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of sentence.matchAll(pattern)) {
    const [whole, code, rfc, section, htmlSection] = match;
    if (match.index > at) pieces.push({ text: sentence.slice(at, match.index) });
    at = match.index + whole.length;
    if (code !== undefined) pieces.push({ code });
    else if (rfc !== undefined && section !== undefined) pieces.push(citation({ rfc, section }));
    else if (htmlSection === undefined) pieces.push({ label: whole, href: 'https://websockets.spec.whatwg.org/' });
    else pieces.push(htmlSectionLink(htmlSection));
  }
  if (at < sentence.length) pieces.push({ text: sentence.slice(at) });
  return pieces;
}

function htmlSectionLink(section: string): Piece {
  const anchor = htmlAnchors[section];
  if (!anchor) throw new RangeError(`Cannot cite HTML §${section}: add its anchor to inline-text.ts`);
  return citation({ standard: 'html', anchor, section });
}
