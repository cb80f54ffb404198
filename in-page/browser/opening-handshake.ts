/** The opening handshake from the client's side (RFC 6455 §4.1, WHATWG WebSockets §2). */
import { acceptFor, asciiBytes, fieldValue, type HttpHead, parseHttpHead, toBase64 } from '../../protocol/wire/handshake.ts';
import { grantsWebSocket } from '../switch/stream-units.ts';

/** The browser that this one says it is. */
export const userAgent = 'Mozilla/5.0 (Duplex Playground; in this page)';

/** What a client asks for. */
export interface Asked {
  url: URL;
  protocols: readonly string[];
  /** Of the page, such as `http://localhost:4321`. */
  origin: string;
  /** `Sec-WebSocket-Key`. */
  key: string;
}

/** Returns `Sec-WebSocket-Key` of 16 bytes of chance. */
export const keyOf = (chance: Uint8Array): string => toBase64(chance);

/** Returns the request, its fields in the order in which Chromium writes them. It offers no extension. */
export function requestBytes({ url, protocols, origin, key }: Asked): Uint8Array {
  const lines = [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    'Connection: Upgrade',
    'Pragma: no-cache',
    'Cache-Control: no-cache',
    `User-Agent: ${userAgent}`,
    'Upgrade: websocket',
    `Origin: ${origin}`,
    'Sec-WebSocket-Version: 13',
    'Accept-Encoding: gzip, deflate, br',
    'Accept-Language: en',
    `Sec-WebSocket-Key: ${key}`,
    ...(protocols.length > 0 ? [`Sec-WebSocket-Protocol: ${protocols.join(', ')}`] : []),
  ];
  return asciiBytes(`${lines.join('\r\n')}\r\n\r\n`);
}

/** What both ends agreed to; or undefined where the client must fail the connection. */
export type Agreed = { protocol: string } | undefined;

/** Judges the server's answer (RFC 6455 §4.1, the list after the request; WHATWG WebSockets §2 for the protocol). */
export function agreedIn(answer: string, { protocols, key }: Asked): Agreed {
  const head = parseHttpHead(answer);
  const isAccepted =
    grantsWebSocket(answer) &&
    allValues(head, 'Upgrade').toLowerCase() === 'websocket' &&
    allValues(head, 'Connection')
      .toLowerCase()
      .split(/\s*,\s*/)
      .includes('upgrade') &&
    allValues(head, 'Sec-WebSocket-Accept') === acceptFor(key) &&
    // None was offered, so none may be used.
    allValues(head, 'Sec-WebSocket-Extensions') === '';
  if (!isAccepted) return undefined;
  const named = head.fields.filter(({ name }) => name.toLowerCase() === 'sec-websocket-protocol');
  // A client that asks for protocols needs one of them; one that asks for none takes none.
  if (named.length === 0) return protocols.length === 0 ? { protocol: '' } : undefined;
  const protocol = fieldValue(head, 'Sec-WebSocket-Protocol') as string;
  return named.length === 1 && protocols.includes(protocol) ? { protocol } : undefined;
}

/** Returns the values of all fields with that name, as one list (RFC 9110 §5.3). */
function allValues({ fields }: HttpHead, name: string): string {
  const values = fields.filter((field) => field.name.toLowerCase() === name.toLowerCase()).map(({ value }) => value);
  return values.join(', ');
}
