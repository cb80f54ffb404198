import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptFor, fieldValue, parseHttpHead, toBase64 } from './handshake.ts';
import { sha1 } from './sha1.ts';

test("RFC 6455 §1.3's key gives its accept value", () => {
  expect(acceptFor('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

test('ignores white space around a key', () => {
  expect(acceptFor(' dGhlIHNhbXBsZSBub25jZQ== ')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

test("SHA-1 and base64 agree with Node's, for messages of any length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(toBase64(sha1(bytes))).toBe(createHash('sha1').update(bytes).digest('base64'));
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }),
  );
});

test('reads the head of a request as a start line and fields in order, with names as written', () => {
  const head = parseHttpHead('GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade:websocket\r\n\r\nbody: not a field\r\n');
  expect(head).toEqual({
    startLine: 'GET /chat HTTP/1.1',
    fields: [
      { name: 'Host', value: 'server.example.com' },
      { name: 'Upgrade', value: 'websocket' },
    ],
  });
  expect(fieldValue(head, 'UPGRADE')).toBe('websocket');
  expect(fieldValue(head, 'Origin')).toBeUndefined();
});
