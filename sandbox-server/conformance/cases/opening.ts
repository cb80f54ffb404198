/** The opening handshake: what the server asks of a request, and how it refuses (RFC 6455 §4). */
import { acceptFor } from '../../../protocol/wire/handshake.ts';
import type { Chop, HandshakeCase } from '../case.ts';
import { handshakeRequest } from '../raw-client.ts';

type Unnumbered = Omit<HandshakeCase, 'id' | 'chop' | 'fields'> & { chop?: Chop; fields?: HandshakeCase['fields'] };

const request = (fields: Record<string, string | undefined> = {}, target = '/echo'): string => handshakeRequest(target, fields);
const opened = { upgrade: 'websocket', connection: 'upgrade', 'sec-websocket-accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' };
const wrongVersion = { 'sec-websocket-version': '13' };
const otherKey = 'AAAAAAAAAAAAAAAAAAAAAA==';

const cases: Unnumbered[] = [
  {
    section: '§4.2.2',
    title: 'the request of §1.3 is answered with its accept value',
    request: request(),
    status: 101,
    fields: opened,
  },
  {
    section: '§4.2.2',
    title: 'another key is answered with its own accept value',
    request: request({ 'Sec-WebSocket-Key': otherKey }),
    status: 101,
    fields: { 'sec-websocket-accept': acceptFor(otherKey) },
  },
  { section: '§4.2.1', title: 'a request a byte a write is taken', request: request(), chop: 1, status: 101, fields: opened },
  {
    section: '§4.2.1',
    title: 'names and tokens in other cases are taken',
    request: request({ Upgrade: 'WebSocket', Connection: 'keep-alive, UPGRADE' }).replace(
      'Sec-WebSocket-Key',
      'sec-websocket-KEY',
    ),
    status: 101,
    fields: opened,
  },
  {
    section: '§4.2.1',
    title: 'the origin "null", of a sandboxed page, is taken',
    request: request({ Origin: 'null' }),
    status: 101,
  },
  {
    section: '§9.1',
    title: 'an extension that the server does not speak is not agreed to',
    request: request({ 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits, x-unknown' }),
    status: 101,
    fields: { 'sec-websocket-extensions': undefined },
  },
  {
    section: '§4.2.2',
    title: 'without an offer no subprotocol is agreed to',
    request: request(),
    status: 101,
    fields: { 'sec-websocket-protocol': undefined },
  },
  {
    section: '§4.1',
    title: 'an offer of subprotocols that is no list of tokens is refused',
    request: request({ 'Sec-WebSocket-Protocol': 'a,,b' }),
    status: 400,
  },
  ...['12', '0', '8', '7', '14', '255', 'abc', '13, 8', '', undefined].map((version) => ({
    section: '§4.4',
    title: `version ${version === undefined ? 'missing' : `"${version}"`} is refused, and the answer names 13`,
    request: request({ 'Sec-WebSocket-Version': version }),
    status: 426,
    fields: wrongVersion,
  })),
  ...[
    ['missing', undefined],
    ['empty', ''],
    ['of 15 bytes', 'AAAAAAAAAAAAAAAAAAAA'],
    ['of 17 bytes', 'AAAAAAAAAAAAAAAAAAAAAAA='],
    ['without its padding', 'AAAAAAAAAAAAAAAAAAAAAA'],
    ['with a character that is not base64', 'AAAAAAAAAA*AAAAAAAAAAA=='],
    ['given twice', `${otherKey}\r\nSec-WebSocket-Key: ${otherKey}`],
  ].map(([what, key]) => ({
    section: '§4.2.1',
    title: `a key ${String(what)} is refused`,
    request: request({ 'Sec-WebSocket-Key': key }),
    status: 400,
  })),
  ...['POST', 'PUT', 'HEAD'].map((method) => ({
    section: '§4.2.1',
    title: `method ${method} is refused, and the answer names GET`,
    request: request().replace('GET', method),
    status: 405,
    fields: { allow: 'GET' },
  })),
  { section: '§4.2.1', title: 'HTTP/1.0 is refused', request: request().replace('HTTP/1.1', 'HTTP/1.0'), status: 400 },
  { section: '§4.2.1', title: 'a request without Host is refused', request: request({ Host: undefined }), status: 400 },
  {
    section: '§4.2.1',
    title: 'a request without Upgrade is told to upgrade',
    request: request({ Upgrade: undefined, Connection: 'close' }),
    status: 426,
    fields: { upgrade: 'websocket' },
  },
  {
    section: '§4.2.1',
    title: 'an upgrade to something else is told to upgrade to websocket',
    request: request({ Upgrade: 'h2c', Connection: 'Upgrade, close' }),
    status: 426,
    fields: { upgrade: 'websocket' },
  },
  {
    section: '§4.2.1',
    title: 'a request without "Connection: Upgrade" is told to upgrade',
    request: request({ Connection: 'close' }),
    status: 426,
    fields: { upgrade: 'websocket' },
  },
  { section: '§4.2.2', title: 'an unknown address is refused', request: request({}, '/no-such-address'), status: 404 },
  { section: '§4.2.2', title: 'a wrong parameter is refused', request: request({}, '/echo?latency=-1'), status: 400 },
  { section: '§4.2.2', title: 'a session that does not exist is refused', request: request({}, '/s/none/echo'), status: 404 },
  { section: '§4.2.1', title: 'a request that is no HTTP is refused', request: 'HELLO\r\n\r\n', status: 400 },
  {
    section: '§10.4',
    title: 'a field of 20 KiB is refused',
    request: request({ 'X-Long': 'x'.repeat(20_480) }),
    status: 431,
  },
  {
    section: '§10.4',
    title: 'an address of 20 KiB is refused',
    request: request({}, `/echo?${'x'.repeat(20_480)}`),
    status: 431,
  },
  {
    section: '§10.4',
    title: 'a request that is never finished is answered when its time is over',
    request: request().slice(0, -4),
    status: 408,
  },
  ...['', ';', 'permessage-deflate;', 'permessage-deflate; =9', 'permessage-deflate; server_max_window_bits="9', 'a b'].map(
    (value) => ({
      section: '§9.1',
      title: `the extensions "${value}", which break the grammar, are refused`,
      request: request({ 'Sec-WebSocket-Extensions': value }),
      status: 400,
    }),
  ),
  {
    section: '§4.1',
    title: 'a subprotocol that is offered twice is refused',
    request: request({ 'Sec-WebSocket-Protocol': 'a, b, a' }),
    status: 400,
  },
];

export const openingCases: HandshakeCase[] = cases.map((one, i) => ({ chop: 'whole', fields: {}, ...one, id: `H.${i + 1}` }));
