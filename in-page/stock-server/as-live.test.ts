/** What is written down here a second time, since the in-page network may not import the live server, against the live server's own. */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { refuseUpgrade as refuseLive } from '../../sandbox-server/http/responses.ts';
import * as liveViolations from '../../sandbox-server/limits/violation.ts';
import { hasAll as hasAllLive } from '../../sandbox-server/limits/resources.ts';
import { optionTable } from '../../sandbox-server/options.ts';
import { Refusal as LiveRefusal } from '../../sandbox-server/refusal.ts';
import { behaviourFrom as liveBehaviour, behaviours as liveBehaviours } from '../../sandbox-server/websocket/behaviour.ts';
import { mostFragments as liveFragments } from '../../sandbox-server/websocket/fragments.ts';
import { checkOpeningHandshake as checkLive } from '../../sandbox-server/websocket/opening-handshake.ts';
import type { IncomingMessage } from '../node/http/incoming-message.ts';
import type { NetSocket } from '../node/net/net-socket.ts';
import { behaviourFrom, behaviours, mostFragments } from './behaviour.ts';
import { hasAll, limits, tooLong, tooManyFragments, tooOften } from './limits.ts';
import { checkOpeningHandshake } from './opening-handshake.ts';
import { Refusal, refuseUpgrade } from './refusal.ts';

/** Returns what an act gives, or the words and, of a refusal, the status and fields of what it throws. */
function outcome(act: () => unknown): unknown {
  try {
    return act() ?? 'fine';
  } catch (error) {
    const { message, status, headers } = error as LiveRefusal;
    return { message, status, headers };
  }
}

test('the limits are the options of the live server, and its words say them', () => {
  const live = Object.fromEntries(Object.keys(limits).map((name) => [name, optionTable[name as keyof typeof limits].default]));
  expect(limits).toEqual(live);
  expect(tooLong).toMatchObject({ reason: liveViolations.tooLong(limits.maxMessageBytes).reason, code: 1009 });
  expect(tooManyFragments).toMatchObject({ reason: liveViolations.tooManyFragments(limits.maxFragments).reason, code: 1008 });
  expect(tooOften(50, 100)).toMatchObject({ reason: liveViolations.tooOften(50, 100, 'messagesPerSecond').reason, code: 1008 });
  expect(hasAll(64, 'connections')).toBe(hasAllLive('session', 64, 'connections'));
});

test.each([
  '',
  'pong=0',
  'pong=2',
  'fragment=64&ping=1',
  'fragment=0',
  'fragment=65537',
  'ping=yes',
  'pingevery=100',
  'pingevery=99',
  'compress=1',
  'compress=takeover',
  'compress=2',
])('the query "%s" asks of the server what it asks of the live one, but for compression', (given) => {
  const query = new URLSearchParams(given);
  const live = outcome(() => {
    const { compress, ...behaviour } = liveBehaviour(query, true);
    return compress && behaviour;
  });
  expect(outcome(() => behaviourFrom(query, true))).toEqual(live);
});

test('the list of what a query may ask has the names and words of the live one', () => {
  expect(behaviours).toEqual(liveBehaviours.map(({ name, summary }) => ({ name, summary })));
  expect(mostFragments).toBe(liveFragments);
});

const right = {
  host: 'x',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

test.each([
  ['nothing wrong', {}, {}],
  ['another method', { method: 'POST' }, {}],
  ['an older HTTP', { httpVersion: '1.0' }, {}],
  ['no host', {}, { host: undefined }],
  ['another protocol', {}, { upgrade: 'h2c' }],
  ['no version', {}, { 'sec-websocket-version': undefined }],
  ['an older version', {}, { 'sec-websocket-version': '8' }],
  ['a short key', {}, { 'sec-websocket-key': 'abc' }],
  ['two protocols', {}, { 'sec-websocket-protocol': 'a, b' }],
  ['a protocol twice', {}, { 'sec-websocket-protocol': 'a,a' }],
  ['a protocol that is no token', {}, { 'sec-websocket-protocol': 'a b' }],
])('a request with %s is judged as on the live server', (_, start, headers) => {
  const request = { method: 'GET', httpVersion: '1.1', ...start, headers: { ...right, ...headers } };
  const live = outcome(() => checkLive(request as unknown as Parameters<typeof checkLive>[0]));
  expect(outcome(() => checkOpeningHandshake(request as unknown as IncomingMessage))).toEqual(live);
});

test('a refused upgrade is answered with the bytes of the live server', () => {
  const written: string[] = [];
  const socket = { once: () => undefined, end: (text: string) => written.push(text) } as unknown as NetSocket;
  const stream = new PassThrough();
  const headers = { 'Retry-After': '5' };
  refuseLive(stream, new LiveRefusal(503, 'Grüße: no.', headers));
  refuseUpgrade(socket, new Refusal(503, 'Grüße: no.', headers));
  expect(written).toEqual([(stream.read() as Buffer).toString()]);
});
