/** The purposes of the header fields in an opening handshake. */

/** A field's purpose, and the section that says so. */
export interface HeaderPurpose {
  purpose: string;
  section: string;
  /** 6455 by default. */
  rfc?: number;
}

type Purposes = Record<string, HeaderPurpose>;

const http = (section: string, purpose: string): HeaderPurpose => ({ purpose, section, rfc: 9110 });

const inBoth: Purposes = {
  upgrade: { purpose: 'Names the protocol to switch to: websocket.', section: '4.1' },
  connection: { purpose: 'Upgrade: this connection itself is what changes.', section: '4.1' },
  date: http('6.6.1', 'When the message was made.'),
};

const request: Purposes = {
  host: { purpose: 'The server that the request is for: several may share one address.', section: '4.1' },
  'sec-websocket-key': { purpose: '16 random bytes as base64. The answer proves that the server read them.', section: '11.3.1' },
  'sec-websocket-version': { purpose: 'The version of the protocol: 13.', section: '11.3.5' },
  'sec-websocket-extensions': { purpose: 'Extensions that the client would like, such as compression.', section: '11.3.2' },
  'sec-websocket-protocol': { purpose: 'Subprotocols that the client speaks, the best first.', section: '11.3.4' },
  origin: { purpose: 'The origin of the page whose program connects; a server may refuse it.', section: '10.2' },
  'user-agent': http('10.1.5', 'Which program asks.'),
  'accept-encoding': http('12.5.3', 'Compressions of HTTP content; they do not affect frames.'),
  'accept-language': http('12.5.4', 'Languages that the reader prefers; they do not affect frames.'),
  'cache-control': { purpose: 'Keeps caches on the way from answering.', section: '5.2.1', rfc: 9111 },
  pragma: { purpose: 'The same, for old caches.', section: '5.4', rfc: 9111 },
  cookie: { purpose: 'What the server asked the browser to keep.', section: '4.1' },
};

const response: Purposes = {
  'sec-websocket-accept': {
    purpose: "Worked out from the request's key: proof that the server speaks WebSocket.",
    section: '11.3.3',
  },
  'sec-websocket-extensions': { purpose: 'Extensions that the server agreed to.', section: '11.3.2' },
  'sec-websocket-protocol': { purpose: 'The one subprotocol that the server chose.', section: '11.3.4' },
  'sec-websocket-version': { purpose: 'Versions that the server speaks, if it refused the one asked for.', section: '4.4' },
};

/** Returns the purpose of a field in the request or the response; undefined for one unknown to the handshake. */
export function headerPurpose(name: string, isRequest: boolean): HeaderPurpose | undefined {
  const key = name.toLowerCase();
  return (isRequest ? request : response)[key] ?? inBoth[key];
}

/** Returns the purpose of the start line. */
export function startLinePurpose(startLine: string): HeaderPurpose {
  if (!startLine.startsWith('HTTP/'))
    return { purpose: 'GET in HTTP/1.1 or later, with the address to talk to.', section: '4.1' };
  const status = startLine.split(' ', 2)[1] ?? '';
  return status === '101'
    ? { purpose: '101: from the empty line on, both ends speak WebSocket.', section: '4.2.2' }
    : { purpose: `${status}: the server did not switch to WebSocket.`, section: '4.2.2' };
}
