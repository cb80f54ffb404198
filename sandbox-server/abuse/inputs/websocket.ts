/** Makes WebSocket connections of every kind, with right and wrong frames and messages. */
import fc from 'fast-check';
import { encodeFrame } from '../../../protocol/wire/frame.ts';
import { handshakeRequest } from '../../conformance/raw-client.ts';
import { type Input, inputOf } from './bytes.ts';

const oneOf = <Value>(...values: Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);

const addresses = [
  '/echo',
  '/echo?latency=5',
  '/echo?latency=20&silent=10',
  '/echo?duplex=simplex',
  '/echo?duplex=half&bandwidth=2000000',
  '/echo?loss=30&latency=3',
  '/echo?cut=10&latency=3',
  '/echo?fragment=1&ping=1',
  '/echo?pong=0&pingevery=100',
  '/echo?compress=1',
  '/echo?compress=takeover',
  '/sink',
  '/broadcast/x',
  '/broadcast/x?self=0&after=0',
  '/broadcast/~own?after=99',
  '/ticker?every=10&count=3&close=1',
  '/close?after=5',
  '/half-duplex/x?air=10',
  '/half-duplex/x?floor=0&air=10',
  '/raw',
  '/raw?latency=5',
  '/door',
  '/crowd',
  '/handshake',
];
const target = fc.oneof(
  { weight: 3, arbitrary: oneOf(...addresses) },
  { weight: 2, arbitrary: oneOf(...addresses).map((address) => `/s/SESSION.A1${address}`) },
  { weight: 1, arbitrary: fc.constant('/s/SESSION/tap') },
);

const json = fc.oneof(
  fc.json({ maxDepth: 3 }),
  oneOf(
    '{"type":"clock","sentAt":1}',
    '{"type":"conditions","conditions":{"latency":3}}',
    '{"type":"conditions","conditions":{"latency":-1}}',
    '{"type":"request","wait":true}',
    '{"type":"word","text":"hi"}',
    '{"type":"release"}',
    '{"visitor":1,"allow":true}',
    '{"visitor":1e9,"allow":false}',
    '[[0,10],[0]]',
    '[[1e999]]',
    '[]',
    'end',
    '{"__proto__":{"type":"clock"}}',
    '['.repeat(3000),
  ),
);
const payload = fc.oneof(
  json.map((text) => Buffer.from(text)),
  fc.string({ maxLength: 200 }).map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  oneOf(126, 127, 65_535, 65_536, 65_537).map((size) => Buffer.alloc(size, 'x')),
);
const close = fc
  .tuple(fc.oneof(oneOf(1000, 1001, 1005, 1006, 1015, 3000, 999, 0, 65_535), fc.nat(65_535)), fc.string({ maxLength: 130 }))
  .map(([code, reason]) => {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16BE(code);
    return Buffer.concat([bytes, Buffer.from(reason)]);
  });

const message = fc.record({
  opcode: fc.oneof({ weight: 6, arbitrary: oneOf(1, 1, 1, 2, 2, 0) }, { weight: 2, arbitrary: oneOf(9, 10) }, fc.nat(15)),
  payload,
  fin: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
  rsv1: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, fc.constant(true)),
  isMasked: fc.oneof({ weight: 15, arbitrary: fc.constant(true) }, fc.constant(false)),
});
const closing = close.map((bytes) => ({ opcode: 8, payload: bytes, fin: true, rsv1: false, isMasked: true }));
const frame = fc
  .tuple(fc.oneof({ weight: 7, arbitrary: message }, closing), fc.uint8Array({ minLength: 4, maxLength: 4 }))
  .map(([{ isMasked, ...one }, key]) => Buffer.from(encodeFrame({ ...one, ...(isMasked && { maskingKey: key }) })));

const offers = oneOf(
  undefined,
  undefined,
  'permessage-deflate',
  'permessage-deflate; client_max_window_bits; server_max_window_bits=9',
);

/** A handshake and the frames that a client sends after it, in the same write or not. */
export const webSocketInput: fc.Arbitrary<Input> = inputOf(
  fc
    .record({ target, offer: offers, frames: fc.array(frame, { maxLength: 6 }) })
    .map(({ target: address, offer, frames }) =>
      Buffer.concat([Buffer.from(handshakeRequest(address, { 'Sec-WebSocket-Extensions': offer })), ...frames]),
    ),
);
