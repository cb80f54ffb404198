import { expect, test } from 'vitest';
import { createClose } from './close.ts';
import type { Connection } from './endpoint.ts';
import { connect, refusedUpgrade, startServer, watch } from '../testing/client.ts';
import { createFakeTimers } from '../testing/fake-timers.ts';

test('/close closes with the code and reason of its query, or else with 1000 and no reason', async () => {
  await using running = await startServer();
  const ending = async (query: string) => await (await connect(`${running.origin}/close${query}`)).closed;
  expect(await ending('')).toEqual({ code: 1000, reason: '' });
  expect(await ending('?code=1012&reason=back%20soon')).toEqual({ code: 1012, reason: 'back soon' });
  expect(await ending(`?code=4999&reason=${encodeURIComponent('ü'.repeat(61))}x`)).toEqual({
    code: 4999,
    reason: `${'ü'.repeat(61)}x`,
  });
});

test('/close closes `after` ms after the opening, and a client that leaves earlier leaves no timer behind', () => {
  const timers = createFakeTimers();
  const serve = createClose(timers).accept({}, new URLSearchParams('code=1013&reason=later&after=250'));
  const closes: unknown[] = [];
  let gone: () => void = () => undefined;
  const connection = {
    close: (code: number, reason: string) => closes.push({ at: timers.now(), code, reason }),
    onClose: (listener: () => void) => (gone = listener),
    guarded: (act: () => void) => act,
  } as unknown as Connection;
  serve(connection);
  timers.pass(1000);
  expect(closes).toEqual([{ at: 250, code: 1013, reason: 'later' }]);
  serve(connection);
  gone();
  timers.pass(1000);
  expect(closes).toHaveLength(1);
  expect(timers.waiting).toBe(0);
});

test('/close accepts codes that a server may send and reasons that fit a Close frame, and says so of any others', async () => {
  await using running = await startServer();
  for (const code of ['999', '1004', '1005', '1006', '1010', '1015', '2999', '5000', '1e3', '', '+1000']) {
    expect(await refusedUpgrade(`${running.origin}/close?code=${encodeURIComponent(code)}`)).toEqual({
      status: 400,
      text: `Wrong parameter: "code" is "${code}"; it takes a code that a server may send: 1000 to 1003, 1007 to 1009, 1011 to 1014, or 3000 to 4999 (RFC 6455, section 7.4).\n`,
    });
  }
  const tooLong = await refusedUpgrade(`${running.origin}/close?reason=${encodeURIComponent('ü'.repeat(62))}`);
  expect(tooLong.status).toBe(400);
  expect(tooLong.text).toContain('it takes a text of at most 123 bytes in UTF-8 (RFC 6455, section 5.5).');
  expect((await refusedUpgrade(`${running.origin}/close?after=60001`)).text).toBe(
    'Wrong parameter: "after" is "60001"; it takes a whole number from 0 to 60000.\n',
  );
});

test('the server closes with every code that /close accepts, and its client sees that code', async () => {
  await using running = await startServer();
  for (const code of [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014, 3000, 4999]) {
    const client = await connect(`${running.origin}/close?code=${code}`);
    expect((await client.closed).code).toBe(code);
  }
});

test('in a session, the Close frame of /close is on the tap and takes the time of the link', async () => {
  await using running = await startServer();
  const session = await watch(running.origin, { latency: 30 });
  const client = await connect(`${session.base}.A1/close?code=1012&reason=x`);
  expect(await client.closed).toEqual({ code: 1012, reason: 'x' });
  const sent = await session.event('frame_sent', { direction: 'server-to-client' });
  expect(sent).toMatchObject({ opcode: 8, bytes: '880303f478' });
  const received = await session.event('frame_received', { direction: 'server-to-client' });
  expect(received.time - sent.time).toBeGreaterThanOrEqual(30);
});
