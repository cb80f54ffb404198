/**
 * A trace as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/): an entry for each WebSocket connection, with its
 * messages as Chrome writes them (`_webSocketMessages`), and one for each HTTP exchange. Chrome's DevTools open it.
 */
import { flightsOf } from '../trace/flight-index.ts';
import type { HttpHead } from '../wire/handshake.ts';
import { fieldValue, parseHttpHead } from '../wire/handshake.ts';
import type { Trace } from '../trace/trace.ts';
import type { Direction } from '../wire/direction.ts';
import { concatBytes } from '../collections/concat-bytes.ts';
import type { ExportOptions } from './pcapng.ts';
import { leftOutWords, type Piece, type Stream, streamsOf } from './streams.ts';
import { fromLatin1, fromUtf8 } from './utf8.ts';
import { type WebSocketMessage, webSocketMessages } from './web-socket-messages.ts';
import { contentOf } from './http-content.ts';

interface NameValue {
  name: string;
  value: string;
}

/** One request and its response (HAR 1.2, `entries`). Sizes are in bytes and times in milliseconds; -1 means unknown. */
export interface HarEntry {
  startedDateTime: string;
  time: number;
  request: {
    method: string;
    url: string;
    httpVersion: string;
    cookies: NameValue[];
    headers: NameValue[];
    queryString: NameValue[];
    postData?: { mimeType: string; params: NameValue[]; text: string };
    headersSize: number;
    bodySize: number;
    comment?: string;
  };
  response: {
    status: number;
    statusText: string;
    httpVersion: string;
    cookies: NameValue[];
    headers: NameValue[];
    content: { size: number; mimeType: string; text?: string; encoding?: 'base64' };
    redirectURL: string;
    headersSize: number;
    bodySize: number;
  };
  cache: Record<string, never>;
  timings: { blocked: number; dns: number; connect: number; ssl: number; send: number; wait: number; receive: number };
  connection: string;
  comment: string;
  _resourceType: 'websocket' | 'fetch';
  _webSocketMessages?: WebSocketMessage[];
}

/** The document (HAR 1.2, `log`). */
export interface Har {
  log: { version: '1.2'; creator: { name: string; version: string }; pages: never[]; entries: HarEntry[]; comment: string };
}

/** Returns the trace as a HAR document. */
export function toHar(trace: Trace, { startedAt = 0 }: ExportOptions = {}): Har {
  const flights = Map.groupBy(flightsOf(trace), ({ connection }) => connection);
  const urls = new Map(trace.connections.map(({ id, url }) => [id, url]));
  const entries = streamsOf(trace).map((stream) => {
    const entry = entryOf(stream, urls.get(stream.connection) ?? '/', startedAt);
    if (stream.kind === 'http') return entry;
    return { ...entry, _webSocketMessages: webSocketMessages(flights.get(stream.connection) ?? [], startedAt) };
  });
  return {
    log: {
      version: '1.2',
      creator: { name: 'Duplex Playground', version: '1' },
      pages: [],
      entries,
      comment:
        'Exported from a trace. Headers and messages are as captured at the sandbox server.' +
        (startedAt === 0 ? ' The trace does not say when it was recorded: its times count from 1970 on.' : ''),
    },
  };
}

function entryOf({ kind, connection, client, pieces, closedAt }: Stream, known: string, startedAt: number): HarEntry {
  const [up, down] = [messageOf(pieces, 'client-to-server', kind), messageOf(pieces, 'server-to-client', kind)];
  const [method = 'GET', target = '/', version = 'HTTP/1.1'] = up.head.startLine.split(' ');
  const [, status = '0', ...words] = down.head.startLine.split(' ');
  const host = fieldValue(up.head, 'Host') ?? 'sandbox.invalid';
  const path = target || known;
  const url = /^[a-z]+:/i.test(path) ? path : `${kind === 'websocket' ? 'ws' : 'http'}://${host}${path}`;
  const begun = pieces[0]?.sentAt ?? 0;
  const answered = Math.max(down.from ?? begun, begun);
  const ended = pieces.reduce(
    (latest, { sentAt, receivedAt }) => Math.max(latest, receivedAt ?? sentAt),
    Math.max(answered, closedAt.client ?? closedAt.server ?? 0),
  );
  const mimeType = fieldValue(down.head, 'Content-Type') ?? 'x-unknown';
  const timings = {
    blocked: -1,
    dns: -1,
    connect: -1,
    ssl: -1,
    send: 0,
    wait: round(answered - begun),
    receive: round(ended - answered),
  };
  const body = fromUtf8(up.body) ?? fromLatin1(up.body);
  return {
    startedDateTime: new Date(startedAt + begun).toISOString(),
    time: round(timings.wait + timings.receive),
    request: {
      method,
      url,
      httpVersion: version,
      cookies: cookiesOf(fieldValue(up.head, 'Cookie')),
      headers: up.head.fields,
      queryString: queryOf(url),
      ...(up.body.length > 0 && {
        postData: { mimeType: fieldValue(up.head, 'Content-Type') ?? 'x-unknown', params: [], text: body },
      }),
      headersSize: up.headLength,
      bodySize: up.body.length,
      ...(up.leftOut > 0 && { comment: leftOutWords(up).trim() }),
    },
    response: {
      status: Number(status) || 0,
      statusText: words.join(' '),
      httpVersion: down.head.startLine.split(' ')[0] || version,
      cookies: [],
      headers: down.head.fields,
      content: { ...contentOf(down.head, down.body), mimeType },
      redirectURL: fieldValue(down.head, 'Location') ?? '',
      headersSize: down.headLength,
      bodySize: down.body.length,
    },
    cache: {},
    timings,
    connection,
    comment: `Connection ${connection} of client ${client}`,
    _resourceType: kind === 'websocket' ? 'websocket' : 'fetch',
  };
}

/** Rounds to the microsecond, the precision of times in a trace. */
const round = (time: number): number => Math.round(time * 1000) / 1000;

interface HttpMessage {
  head: HttpHead;
  /** Bytes of the head with its empty line; -1 if none was captured. */
  headLength: number;
  body: Uint8Array;
  /** When its first bytes were received, ms of the trace. */
  from: number | undefined;
  /** Number of bytes that the tap withholds. */
  leftOut: number;
}

/** Returns what one end sent in HTTP: its half of the handshake on a WebSocket connection, everything in an exchange. */
function messageOf(pieces: readonly Piece[], direction: Direction, kind: Stream['kind']): HttpMessage {
  const own = pieces.filter((piece) => piece.direction === direction);
  const http = kind === 'http' ? own : own.filter(({ title }) => title.startsWith('handshake'));
  const bytes = concatBytes(http.map((piece) => piece.bytes));
  const text = fromLatin1(bytes);
  const end = text.indexOf('\r\n\r\n');
  const headLength = bytes.length === 0 ? -1 : end < 0 ? bytes.length : end + 4;
  const leftOut = http.reduce((sum, piece) => sum + piece.leftOut, 0);
  const body = bytes.subarray(Math.max(headLength, 0));
  return { head: parseHttpHead(text), headLength, body, from: http[0]?.receivedAt, leftOut };
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

function queryOf(url: string): NameValue[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  const pairs = query.split('&').filter((pair) => pair !== '');
  return pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name: decoded(name), value: decoded(value.join('=')) };
  });
}

function cookiesOf(field = ''): NameValue[] {
  const pairs = field.split(';').filter((pair) => pair.includes('='));
  return pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name: name.trim(), value: value.join('=').trim() };
  });
}
