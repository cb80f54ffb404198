import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { expect, test, vi } from 'vitest';
import { handshakeRequest } from '../conformance/raw-client.ts';
import { type Options, resolveOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { connect, refusedUpgrade, startServer } from '../testing/client.ts';
import { createFakeTimers } from '../testing/fake-timers.ts';
import { ClientAddresses } from './client-addresses.ts';
import { Refusals } from './refusals.ts';
import { createShares } from './resources.ts';
import { Share } from './tally.ts';
import { newSession } from '../testing/new-session.ts';

const notThere = new Refusal(404, 'There is no such thing.');

/** Returns refusals on a fake clock: `ask` makes a request that is refused, and `answers` gets its answer with the time. */
function refusalsBy(given: Partial<Options>) {
  const timers = createFakeTimers();
  const options = resolveOptions(given);
  const addresses = new ClientAddresses(options, () => timers.now());
  const refusals = new Refusals(
    options,
    addresses,
    timers,
    createShares('heldRefusals', { options, appeared: (name) => addresses.hold(name) }),
  );
  const answers: string[] = [];
  const ask = (name: string, remoteAddress = '192.0.2.1'): EventEmitter => {
    const socket = Object.assign(new EventEmitter(), { remoteAddress });
    const request = { socket, headers: {} } as unknown as IncomingMessage;
    refusals.answer(request, notThere, ({ status }) => answers.push(`${timers.now()}: ${name} ${status}`));
    return socket;
  };
  return { timers, refusals, answers, ask, of: (socket: EventEmitter) => addresses.of({ socket, headers: {} } as never) };
}

const few = { refusalsPerSecond: 1, refusalBurst: 2, refusalDelay: 3, maxHeldRefusals: 2 };

test('delays refusals beyond a burst, answers 429 if too many wait, and counts another address on its own', () => {
  const { timers, refusals, answers, ask } = refusalsBy(few);
  for (const name of ['a', 'b', 'c', 'd', 'e']) ask(name);
  ask('other', '192.0.2.2');
  expect(answers).toEqual(['0: a 404', '0: b 404', '0: e 429', '0: other 404']);
  expect(refusals.held).toBe(2);
  timers.pass(2999);
  // Three seconds less one ms allow two more.
  for (const name of ['f', 'g', 'h']) ask(name);
  expect(answers.slice(4)).toEqual(['2999: f 404', '2999: g 404', '2999: h 429']);
  timers.pass(1);
  expect(answers.slice(7)).toEqual(['3000: c 404', '3000: d 404']);
  expect([refusals.held, timers.waiting]).toEqual([0, 0]);
});

test('drops a refusal whose client has gone, and makes room for another', () => {
  const { timers, refusals, answers, ask, of } = refusalsBy(few);
  const [, , gone] = ['a', 'b', 'c', 'd'].map((name) => ask(name));
  if (!gone) throw new Error('no socket');
  gone.emit('close');
  expect([refusals.held, gone.listenerCount('close')]).toEqual([1, 0]);
  const late = ask('e');
  timers.pass(3000);
  expect(answers).toEqual(['0: a 404', '0: b 404', '3000: d 404', '3000: e 404']);
  expect([late.listenerCount('close'), of(late).isHolding, timers.waiting]).toEqual([0, false, 0]);
});

test('answers what waits when the server closes down, and from then on answers at once', () => {
  const { timers, answers, ask, refusals } = refusalsBy(few);
  for (const name of ['a', 'b', 'c']) ask(name);
  refusals.release();
  for (const name of ['d', 'e']) ask(name);
  expect(answers).toEqual(['0: a 404', '0: b 404', '0: c 404', '0: d 404', '0: e 404']);
  expect(timers.waiting).toBe(0);
});

test.each([{ refusalDelay: 0 }, { refusalsPerSecond: 0 }, { refusalBurst: 0 }])(
  'with %o every refusal is answered at once',
  (lifted) => {
    const { answers, ask } = refusalsBy({ ...few, ...lifted });
    for (let i = 0; i < 50; i++) ask('a');
    expect(answers).toEqual(Array(50).fill('0: a 404'));
  },
);

test('delays unknown sessions, addresses and upgrades and wrong parameters alike, and serves correct ones at once', async () => {
  const timers = createFakeTimers();
  const limits = { refusalsPerSecond: 1, refusalBurst: 1, refusalDelay: 60, maxHeldRefusals: 4 };
  await using running = await startServer(limits, { timers, epoch: 0 });
  const { origin } = running;
  const figure = async (name: string): Promise<string | undefined> =>
    new RegExp(`^duplex_${name} (\\d+)$`, 'm').exec(await (await fetch(`${origin}/metrics`)).text())?.[1];
  expect((await fetch(`${origin}/s/nobody/echo`)).status).toBe(404);

  const answered: number[] = [];
  const waits = ['/s/nobody/tap', '/no-such-address', '/poll/x?after=never'].map(async (target) => {
    const { status } = await fetch(origin + target);
    answered.push(status);
    return status;
  });
  const upgrade = refusedUpgrade(`${origin}/no-such-address`);
  while ((await figure('held_refusals')) !== '4');
  // One more is refused because these wait, but a correct request is not.
  const tooMany = await fetch(`${origin}/s/nobody/echo`);
  expect([tooMany.status, tooMany.headers.get('retry-after'), tooMany.headers.get('connection'), await tooMany.text()]).toEqual([
    429,
    '60',
    'close',
    'More than 1 requests from your address were refused recently, and 4 answers to it are waiting already.\n',
  ]);
  expect((await fetch(`${origin}/poll/x`)).status).toBe(200);
  const session = await newSession(origin);
  // A session has limits of its own, so its refusals are answered at once.
  expect((await fetch(`${origin}/s/${session}/poll/x?after=never`)).status).toBe(400);
  expect((await fetch(`${origin}/s/${session}/no-such-address`)).status).toBe(404);
  await (await connect(`${origin}/echo`)).close();
  timers.pass(59_999);
  expect((await fetch(`${origin}/poll/x`)).status).toBe(200);
  expect(answered).toEqual([]);
  timers.pass(1);
  expect(await Promise.all(waits)).toEqual([404, 404, 400]);
  expect((await upgrade).status).toBe(404);
  expect(await figure('held_refusals')).toBe('0');
});

test('a server that closes down answers waiting refusals, even after an upgrade whose client cut the connection', async () => {
  const timers = createFakeTimers();
  const running = await startServer({ refusalBurst: 1, refusalDelay: 60 }, { timers, epoch: 0 });
  expect((await fetch(`${running.origin}/no-such-address`)).status).toBe(404);
  const waits = fetch(`${running.origin}/no-such-address`);
  const client = connectTcp(running.port, '127.0.0.1').on('error', () => undefined);
  client.write(handshakeRequest('/no-such-address'));
  const held = async (): Promise<string | undefined> =>
    /^duplex_held_refusals (\d+)$/m.exec(await (await fetch(`${running.origin}/metrics`)).text())?.[1];
  while ((await held()) !== '2');
  client.resetAndDestroy();
  while ((await held()) !== '1');
  await running[Symbol.asyncDispose]();
  expect((await waits).status).toBe(404);
  // Finish the turn in which all this came.
  timers.pass(0);
  expect(running.server.stats().timers).toBe(0);
});

test('answers a refusal that has waited even if a fault keeps its place from being given back', () => {
  const { timers, answers, ask } = refusalsBy(few);
  for (const name of ['a', 'b', 'c']) ask(name);
  const fault = new Error('a fault of ours');
  const release = vi.spyOn(Share.prototype, 'release').mockImplementationOnce(() => {
    throw fault;
  });
  expect(() => timers.pass(3000)).toThrow(fault);
  release.mockRestore();
  expect(answers.at(-1)).toBe('3000: c 404');
});
