/** Puts a fault of ours into what others call: a server in the process, a stream, a timer. Whoever it hits must not wait for ever. */
import { afterEach, expect, test, vi } from 'vitest';
import { Routes } from '../routing/routes.ts';
import { connect, startServer, watch } from '../testing/client.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const fault = new Error('a fault of ours');

async function startTelling(options: Parameters<typeof startServer>[0] = {}) {
  const told: unknown[] = [];
  const running = await startServer(options, { epoch: 0, failed: (error) => told.push(error) });
  return Object.assign(running, { told });
}

test('a fault with the second connection of /raw refuses it with 500, and the first closes and says so', async () => {
  await using running = await startTelling();
  const session = await watch(running.origin);
  const { find } = Routes.prototype;
  vi.spyOn(Routes.prototype, 'find').mockImplementation(function (this: Routes, target, admit) {
    if (target.endsWith('/echo')) throw fault;
    return find.call(this, target, admit);
  });
  for (const base of [running.origin, session.base]) {
    running.told.length = 0;
    const client = await connect(`${base}/raw`);
    expect(await client.closed).toEqual({ code: 1013, reason: 'The second connection was refused, with status 500.' });
    expect(running.told).toEqual([fault]);
  }
});
