import type { IncomingMessage } from 'node:http';
import { parseExtensions } from '../extensions/extension-list.ts';
import { Refusal } from '../refusal.ts';

/** 16 bytes in base64. */
const keyPattern = /^[+/0-9A-Za-z]{22}==$/;

/** One or more tokens, separated by commas. */
const tokensPattern = /^[ \t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]*,[ \t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+)*[ \t]*$/;

/**
 * Throws a Refusal for a request that breaks RFC 6455 §4.2.1. Node and `ws` are laxer or answer differently: `ws` also takes
 * version 8 and answers other versions with 400, while §4.4 wants 426 and the versions we speak. This refuses everything that
 * `ws` would refuse, so that every refusal has our fields and our words.
 */
export function checkOpeningHandshake({ method, headers, httpVersion }: IncomingMessage): void {
  if (method !== 'GET') throw new Refusal(405, 'A WebSocket is opened with GET (RFC 6455, section 4.1).', { Allow: 'GET' });
  if (httpVersion !== '1.1') throw new Refusal(400, 'A WebSocket is opened with HTTP/1.1 (RFC 6455, section 4.1).');
  if (!headers.host) throw new Refusal(400, 'The request has no Host field (RFC 6455, section 4.1).');
  if (headers.upgrade?.toLowerCase() !== 'websocket') {
    throw new Refusal(426, 'This address upgrades only to websocket.', { Upgrade: 'websocket' });
  }
  const version = headers['sec-websocket-version'];
  if (version !== '13') {
    const was = version === undefined ? 'missing' : `"${version.slice(0, 40)}"`;
    throw new Refusal(426, `Sec-WebSocket-Version is ${was}; this server speaks version 13 (RFC 6455, section 4.4).`, {
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
    });
  }
  if (!keyPattern.test(headers['sec-websocket-key'] ?? '')) {
    throw new Refusal(400, 'Sec-WebSocket-Key has to be 16 random bytes in base64 (RFC 6455, section 4.1).');
  }
  const protocols = headers['sec-websocket-protocol'];
  if (protocols !== undefined && !isListOfProtocols(protocols)) {
    throw new Refusal(400, 'Sec-WebSocket-Protocol has to be a list of different tokens (RFC 6455, section 4.1).');
  }
  // A value that breaks the grammar fails the handshake, whether or not we know the extension.
  const extensions = headers['sec-websocket-extensions'];
  if (extensions !== undefined && !parseExtensions(extensions)) {
    throw new Refusal(
      400,
      'Sec-WebSocket-Extensions has to be a list of extensions with their parameters (RFC 6455, section 9.1).',
    );
  }
}

function isListOfProtocols(value: string): boolean {
  if (!tokensPattern.test(value)) return false;
  const protocols = value.split(',').map((protocol) => protocol.trim());
  return new Set(protocols).size === protocols.length;
}
