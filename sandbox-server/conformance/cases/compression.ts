/**
 * Groups 12 and 13: compression (RFC 7692), with the offers, lengths and fragments of Autobahn's cases of these numbers. Group 14
 * has windows that Autobahn's client never has. Group D tests which offers the server accepts and which it declines.
 */
import type { Case, DeflateCase, HandshakeCase } from '../case.ts';
import { handshakeRequest } from '../raw-client.ts';
import { type TestData, testData } from '../test-data.ts';

/** Lengths of messages in bytes (for text, in characters), and of the fragments that carry them; 0 for one frame per message. */
const sizes: readonly (readonly [length: number, fragment: number])[] = [
  ...[16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072].map((length) => [length, 0] as const),
  ...[8192, 16_384, 32_768, 65_536, 131_072].map((length) => [length, 256] as const),
  ...[1024, 4096, 32_768].map((fragment) => [131_072, fragment] as const),
];

const usual = 'permessage-deflate; client_no_context_takeover; client_max_window_bits';
const bounded = (bits: number, more = ''): string => `${usual}${more}; server_max_window_bits=${bits}`;
const alone = '; server_no_context_takeover';

/** Offers that ask the server for nothing, for no window between messages, for a bounded window, or for both; and a list. */
const offers: readonly (readonly [what: string, field: string])[] = [
  ['an offer that asks nothing of the server', usual],
  ['an offer that asks for messages each by itself', usual + alone],
  ['an offer that asks for a window of 9 bits', bounded(9)],
  ['an offer that asks for a window of 15 bits', bounded(15)],
  ['an offer that asks for messages each by itself and a window of 9 bits', bounded(9, alone)],
  ['an offer that asks for messages each by itself and a window of 15 bits', bounded(15, alone)],
  ['three offers, of which the first is taken', `${bounded(9, alone)}, ${usual}${alone}, ${usual}`],
];

/** Offers of a client that keeps its window between messages, and of one that also bounds it. Autobahn's client never does. */
const takingOver: readonly (readonly [what: string, field: string])[] = [
  ['a client that keeps its window', 'permessage-deflate'],
  ['a client that keeps its window of 9 bits', 'permessage-deflate; client_max_window_bits=9'],
  ['both ends with windows of 8 bits', 'permessage-deflate; client_max_window_bits=8; server_max_window_bits=8'],
];
const fewSizes = sizes.filter(([length, fragment]) => [16, 1024, 32_768].includes(length) && fragment !== 1024);

const compressed = (family: string, section: string, field: string, data: TestData, what: string, of = sizes): DeflateCase[] =>
  of.map(([length, fragment], i) => ({
    id: `${family}.${i + 1}`,
    section,
    title: `${what}: messages of ${length} ${data.kind === 'text' ? 'characters' : 'bytes'}${fragment > 0 ? ` in fragments of ${fragment} bytes` : ''} come back`,
    offers: field,
    data,
    length,
    fragment,
  }));

const [json] = testData as [TestData];

/** Offers to an address that keeps its window, and the answer that each must get; undefined if it must be declined. */
const negotiated: readonly (readonly [title: string, section: string, offers: string, answer: string | undefined])[] = [
  ['an offer without parameters is taken', '§7.1', 'permessage-deflate', 'permessage-deflate; server_max_window_bits=12'],
  [
    'a smaller window of the server than its own is taken',
    '§7.1.2.1',
    'permessage-deflate; server_max_window_bits=8',
    'permessage-deflate; server_max_window_bits=8',
  ],
  ['a window of 7 bits is declined', '§7.1.2.1', 'permessage-deflate; server_max_window_bits=7', undefined],
  ['a window of the server without its size is declined', '§7.1.2.1', 'permessage-deflate; server_max_window_bits', undefined],
  ['a window with a leading zero is declined', '§7.1.2.1', 'permessage-deflate; server_max_window_bits=09', undefined],
  ['a parameter that nobody knows is declined', '§7.1', 'permessage-deflate; x-unknown', undefined],
  [
    'one parameter given twice is declined',
    '§7.1',
    'permessage-deflate; client_max_window_bits; client_max_window_bits',
    undefined,
  ],
  ['a value where none may be is declined', '§7.1.1.1', 'permessage-deflate; server_no_context_takeover=1', undefined],
  [
    'of a list, the first offer that can be taken is',
    '§5.1',
    'permessage-deflate; x-unknown, x-other, permessage-deflate; server_max_window_bits=10, permessage-deflate',
    'permessage-deflate; server_max_window_bits=10',
  ],
];

const handshakes: HandshakeCase[] = negotiated.map(([title, section, field, answer], i) => ({
  id: `D.${i + 1}`,
  section,
  title,
  request: handshakeRequest('/echo?compress=takeover', { 'Sec-WebSocket-Extensions': field }),
  chop: 'whole',
  status: 101,
  fields: { 'sec-websocket-extensions': answer },
}));

export const compressedMessageCases: DeflateCase[] = [
  ...testData.flatMap((data, i) => compressed(`12.${i + 1}`, '§7.2', usual, data, data.name)),
  ...takingOver.flatMap(([what, field], i) => compressed(`14.${i + 1}`, '§7.1', field, json, what, fewSizes)),
];

export const offerCases: Case[] = [
  ...offers.flatMap(([what, field], i) => compressed(`13.${i + 1}`, '§7.1', field, json, what)),
  ...handshakes,
];
