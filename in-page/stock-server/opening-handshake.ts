/** Judges a request to open a WebSocket, and answers it (RFC 6455 §4.2), as the live server does and in its words. */
import { acceptFor } from '../../protocol/wire/handshake.ts';
import type { IncomingMessage } from '../node/http/incoming-message.ts';
import { Refusal } from './refusal.ts';

/** 16 bytes in base64. */
const keyPattern = /^[+/0-9A-Za-z]{22}==$/;
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Returns the protocols that a client asks for; undefined if they are no list of different tokens. */
function listed(field: string): string[] | undefined {
  const protocols = field.split(',').map((protocol) => protocol.trim());
  return protocols.every((one) => token.test(one)) && new Set(protocols).size === protocols.length ? protocols : undefined;
}

const field = ({ headers }: IncomingMessage, name: string): string | undefined => headers[name] as string | undefined;

/** Throws a Refusal for a request that breaks RFC 6455 §4.2.1. Extensions are not looked at: none is agreed to. */
export function checkOpeningHandshake(request: IncomingMessage): void {
  const { method, httpVersion } = request;
  if (method !== 'GET') throw new Refusal(405, 'A WebSocket is opened with GET (RFC 6455, section 4.1).', { Allow: 'GET' });
  if (httpVersion !== '1.1') throw new Refusal(400, 'A WebSocket is opened with HTTP/1.1 (RFC 6455, section 4.1).');
  if (!field(request, 'host')) throw new Refusal(400, 'The request has no Host field (RFC 6455, section 4.1).');
  if (field(request, 'upgrade')?.toLowerCase() !== 'websocket') {
    throw new Refusal(426, 'This address upgrades only to websocket.', { Upgrade: 'websocket' });
  }
  const version = field(request, 'sec-websocket-version');
  if (version !== '13') {
    const was = version === undefined ? 'missing' : `"${version.slice(0, 40)}"`;
    throw new Refusal(426, `Sec-WebSocket-Version is ${was}; this server speaks version 13 (RFC 6455, section 4.4).`, {
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
    });
  }
  if (!keyPattern.test(field(request, 'sec-websocket-key') ?? '')) {
    throw new Refusal(400, 'Sec-WebSocket-Key has to be 16 random bytes in base64 (RFC 6455, section 4.1).');
  }
  const protocols = field(request, 'sec-websocket-protocol');
  if (protocols !== undefined && !listed(protocols)) {
    throw new Refusal(400, 'Sec-WebSocket-Protocol has to be a list of different tokens (RFC 6455, section 4.1).');
  }
}

/** Returns the answer to a request that was checked. The first protocol that the client asks for is taken. */
export function answerTo(request: IncomingMessage): string {
  const [protocol] = listed(field(request, 'sec-websocket-protocol') ?? '') ?? [];
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${acceptFor(field(request, 'sec-websocket-key') ?? '')}`,
    ...(protocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
    '',
    '',
  ].join('\r\n');
}
