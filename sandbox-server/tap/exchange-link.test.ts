// Longer than most files: the schedule that it expects is worked out in it, and compared with the server’s.
import { expect, test } from 'vitest';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { ExchangeEvent, TraceEvent } from '../../protocol/trace/trace.ts';
import { startServer, until, watch, type WatchedSession } from '../testing/client.ts';
import { createDrivenClock } from '../testing/driven-clock.ts';
import { openEvents } from '../testing/event-stream.ts';
import type { FakeTimers } from '../testing/fake-timers.ts';

/** The way of a request, or of a part of a response, over the link. Times in ms on the server's clock. */
interface Way {
  what: string;
  sentAt: number;
  departedAt: number;
  receivedAt: number;
  /** Bytes on the wire. */
  bytes: number;
  resent: number;
  /** What the link says at the departure, ms. */
  takes: number;
}

/** Returns the completed ways of a connection's exchanges, in the order of departures. */
function waysOf({ events }: WatchedSession, connection: string): Way[] {
  const ways = new Map<string, Way>();
  for (const event of events.all) {
    const [, kind, doing] = /^(request|response)_(sent|departed|received)$/.exec(event.name) ?? [];
    if (event.connection !== connection || kind === undefined) continue;
    const { time, exchange = 0, part = '', bytes, resent, takes } = event as TraceEvent & Partial<Record<string, never>>;
    const key = `${kind} ${String(exchange)} ${String(part)}`;
    const way: Way = ways.get(key) ?? {
      what: kind,
      sentAt: NaN,
      departedAt: NaN,
      receivedAt: NaN,
      bytes: 0,
      resent: 0,
      takes: 0,
    };
    ways.set(key, way);
    way[`${doing as 'sent' | 'departed' | 'received'}At`] = time;
    if (bytes !== undefined) way.bytes = String(bytes).length / 2;
    if (resent !== undefined) way.resent = resent;
    if (takes !== undefined) way.takes = takes;
  }
  return [...ways.values()].filter(({ receivedAt }) => !Number.isNaN(receivedAt));
}

interface Lab {
  origin: string;
  clock: FakeTimers;
  session(conditions: Partial<LinkConditions>): Promise<WatchedSession>;
}

/** Calls `run` with a server on a clock of its own, which the test reads too. */
async function withLab(run: (lab: Lab) => Promise<void>): Promise<void> {
  using clock = createDrivenClock();
  const noLimits = { pingAfter: 0, deadAfter: 0, sessionIdle: 0, requestsPerSecond: 0, heartbeat: 0 };
  await using running = await startServer(noLimits, { timers: clock, epoch: 0 });
  await run({ origin: running.origin, clock, session: (conditions) => watch(running.origin, conditions) });
}

/** The four kinds of exchange: each asks, waits for the whole answer and returns its status. */
const kinds: Record<string, (base: string, origin: string) => Promise<number>> = {
  poll: async (base) => (await fetch(`${base}/poll/x`)).status,
  'long poll': async (base, origin) => {
    const held = fetch(`${base}/long-poll/x`);
    // Somebody else speaks, until it is answered.
    let isAnswered = false;
    const done = (): boolean => (isAnswered = true);
    held.then(done, done);
    while (!isAnswered) {
      await post(`${origin}/messages/x`, 'an event');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return (await held).status;
  },
  message: (base) => post(`${base}/messages/x`, 'grüß dich'),
  'event stream': async (base, origin) => {
    const stream = await openEvents(`${base}/events/x`);
    for (const text of ['one', 'two', 'three']) await post(`${origin}/messages/x`, text);
    await until(() => stream.events.all.length === 3);
    stream.abort();
    return stream.response.status;
  },
};

const post = async (address: string, body: string): Promise<number> => (await fetch(address, { method: 'POST', body })).status;
const answered: Record<string, number> = { poll: 200, 'long poll': 200, message: 201, 'event stream': 200 };

for (const [kind, ask] of Object.entries(kinds)) {
  test(`${kind}: each way takes exactly the latency and the time of its bytes at the bandwidth`, () =>
    withLab(async ({ origin, session }) => {
      // A byte a millisecond.
      const watched = await session({ latency: 100, bandwidth: 8000 });
      expect(await ask(`${watched.base}.A1`, origin)).toBe(answered[kind]);
      await watched.event('exchange_ended', { connection: 'A1' });
      const ways = waysOf(watched, 'A1');
      expect(ways.length).toBe(kind === 'event stream' ? 6 : 2);
      for (const { what, departedAt, receivedAt, bytes, takes } of ways) {
        expect([what, receivedAt - departedAt, takes]).toEqual([what, 100 + bytes, 100 + bytes]);
      }
    }));

  test(`${kind}: jitter adds at most what was set, keeps the order, and differs for each exchange`, () =>
    withLab(async ({ origin, session }) => {
      const watched = await session({ latency: 20, jitter: 60 });
      for (let i = 0; i < 4; i++) await ask(`${watched.base}.A1`, origin);
      await until(() => watched.events.all.filter(({ name }) => name === 'exchange_ended').length === 4);
      const ways = waysOf(watched, 'A1');
      for (const { departedAt, receivedAt } of ways) {
        expect(receivedAt - departedAt).toBeGreaterThanOrEqual(20);
        expect(receivedAt - departedAt).toBeLessThanOrEqual(80 + 1e-6);
      }
      const requests = ways.filter(({ what }) => what === 'request').map(({ departedAt, receivedAt }) => receivedAt - departedAt);
      expect(new Set(requests.map((delay) => delay.toFixed(3))).size).toBe(4);
      const arrivals = ways.filter(({ what }) => what === 'response').map(({ receivedAt }) => receivedAt);
      expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
    }));

  test(`${kind}: loss is only a stall: everything comes, in order, and the trace says what was sent again`, () =>
    withLab(async ({ origin, session }) => {
      const watched = await session({ latency: 10, loss: 50, seed: 3 });
      for (let i = 0; i < 6; i++) expect(await ask(`${watched.base}.A1`, origin)).toBe(answered[kind]);
      await until(() => watched.events.all.filter(({ name }) => name === 'exchange_ended').length === 6);
      const ways = waysOf(watched, 'A1');
      const ofWhat = (what: string) => ways.filter((way) => way.what === what);
      for (const what of ['request', 'response']) {
        // About a half of them, not all or none.
        expect(ofWhat(what).some(({ resent }) => resent > 0)).toBe(true);
        expect(ofWhat(what).some(({ resent }) => resent === 0)).toBe(true);
      }
      for (const { what, departedAt, receivedAt, resent } of ways) {
        // The first time-out is a round trip and 200 ms; each next one is twice as long.
        const stall = 10 + (2 * 10 + 200) * (2 ** resent - 1);
        if (what === 'request' || kind !== 'event stream') expect(receivedAt - departedAt).toBeCloseTo(stall, 6);
        else expect(receivedAt - departedAt).toBeGreaterThanOrEqual(stall - 1e-6);
      }
      expect(watched.events.all.filter(({ name }) => name.endsWith('_dropped'))).toEqual([]);
    }));

  test(`${kind}: a half-duplex link changes nothing, since request and response take turns anyway`, () =>
    withLab(async ({ origin, session }) => {
      const schedules: number[][] = [];
      for (const duplex of ['full', 'half'] as const) {
        const watched = await session({ latency: 30, bandwidth: 80_000, duplex });
        await ask(`${watched.base}.A1`, origin);
        await watched.event('exchange_ended', { connection: 'A1' });
        const ways = waysOf(watched, 'A1').filter(({ what }, i) => what === 'request' || i < 2);
        schedules.push(ways.map(({ sentAt, receivedAt, bytes }) => receivedAt - sentAt - (bytes * 8000) / 80_000));
        for (const { sentAt, departedAt } of ways) expect(departedAt).toBe(sentAt);
      }
      expect(schedules[1]?.map((time) => time.toFixed(6))).toEqual(schedules[0]?.map((time) => time.toFixed(6)));
    }));

  const sentence = 'This link is simplex: it carries server-to-client alone, and an HTTP exchange needs both directions.';

  test(`${kind}: on a simplex link it is refused with a sentence, in a session and without`, () =>
    withLab(async ({ origin, session }) => {
      const watched = await session({ duplex: 'simplex' });
      const method = kind === 'message' ? { method: 'POST', body: 'hi' } : {};
      const address = { poll: 'poll', 'long poll': 'long-poll', message: 'messages', 'event stream': 'events' }[kind] ?? '';
      for (const at of [`${watched.base}.A1/${address}/x`, `${origin}/${address}/x?duplex=simplex`]) {
        const refused = await fetch(at, method);
        expect([refused.status, await refused.text()]).toEqual([403, `${sentence}\n`]);
      }
      expect(await watched.event('request_dropped')).toMatchObject({ at: 'link', connection: 'A1', reason: sentence });
      const answer = await watched.event('response_received', { connection: 'A1' });
      expect(answer).toMatchObject({ at: 'socket', part: 0, status: 403, final: true });
      expect(Buffer.from(answer.bytes ?? '', 'hex').toString()).toContain(sentence);
      await watched.event('exchange_ended', { connection: 'A1' });
      // The server never had the request: the answer is the link's, and crosses nothing.
      const atServer = watched.events.all.filter(({ at, name }) => at === 'server' || name === 'response_departed');
      expect(atServer).toEqual([]);
    }));

  test(`${kind}: on a simplex link it is refused at once, however long the link takes, and a preflight answered at once`, () =>
    withLab(async ({ origin, session, clock }) => {
      const watched = await session({ duplex: 'simplex', latency: 5000, bandwidth: 100 });
      const address = { poll: 'poll', 'long poll': 'long-poll', message: 'messages', 'event stream': 'events' }[kind] ?? '';
      const asked = clock.now();
      const preflight = await fetch(`${watched.base}.A1/${address}/x`, { method: 'OPTIONS', headers: { origin: 'null' } });
      const method = { poll: 'GET', 'long poll': 'GET', message: 'POST', 'event stream': 'GET' }[kind];
      expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, method]);
      expect((await fetch(`${origin}/${address}/x?duplex=simplex&latency=5000`, { method: method ?? '' })).status).toBe(403);
      expect(clock.now() - asked).toBeLessThan(5000);
      expect(watched.events.all.filter(({ at }) => at === 'server')).toEqual([]);
    }));

  test(`${kind}: a cut while the request is under way loses it and ends the connection, in a session and without`, () =>
    withLab(async ({ origin, session }) => {
      const watched = await session({ latency: 300, cut: 200 });
      await expect(ask(`${watched.base}.A1`, origin)).rejects.toThrow('fetch failed');
      const ended = await watched.event('exchange_ended', { connection: 'A1' });
      expect(ended).toMatchObject({ complete: false, reason: 'The link was cut.' });
      const [cut] = watched.events.all.filter(({ name }) => name === 'link_cut');
      const [started] = watched.events.all.filter(({ name }) => name === 'exchange_started');
      expect((cut?.time ?? NaN) - (started?.time ?? NaN)).toBe(200);
      expect(await watched.event('request_dropped')).toMatchObject({ reason: 'The link was cut.' });
      expect(waysOf(watched, 'A1')).toEqual([]);
    }));

  test(`${kind}: the query alone sets the same conditions without a session`, () =>
    withLab(async ({ origin, clock }) => {
      const address = (query: string): string => {
        const path = { poll: 'poll', 'long poll': 'long-poll', message: 'messages', 'event stream': 'events' }[kind] ?? '';
        return `${origin}/${path}/x?${query}${kind === 'long poll' ? '&timeout=100' : ''}`;
      };
      const method = kind === 'message' ? { method: 'POST', body: 'hi' } : {};
      const headAfter = async (query: string): Promise<number> => {
        const asked = clock.now();
        const response = await fetch(address(query), method);
        const took = clock.now() - asked;
        void response.body?.cancel();
        return took;
      };
      expect(await headAfter('latency=400')).toBeGreaterThanOrEqual(800);
      expect(await headAfter('latency=100&jitter=2000&seed=5')).toBeGreaterThan(200);
      // Two heads of at least 50 bytes each, a byte in 5 ms.
      expect(await headAfter('bandwidth=1600')).toBeGreaterThan(500);
      expect(await headAfter('duplex=half&latency=200')).toBeGreaterThanOrEqual(400);
      await expect(headAfter('latency=300&cut=200')).rejects.toThrow('fetch failed');
      const resent = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => headAfter(`latency=10&loss=50&seed=${seed}`)));
      expect(Math.max(...resent)).toBeGreaterThanOrEqual(2 * 10 + 220);
    }));
}

test('a stream that is open when its link becomes simplex goes on, since only the way back is gone', () =>
  withLab(async ({ origin, session }) => {
    const watched = await session({});
    const stream = await openEvents(`${watched.base}.A1/events/x`);
    watched.send({ type: 'conditions', conditions: { duplex: 'simplex' } });
    await watched.messages.first(({ type }) => type === 'conditions');
    await post(`${origin}/messages/x`, 'still heard');
    expect((await stream.events.next()).data).toBe('still heard');
    stream.abort();
  }));

test('exchanges with their own seed share one schedule, and the first of a session has that of the session’s seed', () =>
  withLab(async ({ session }) => {
    const delays = async (conditions: Partial<LinkConditions>, query: string): Promise<string[]> => {
      const watched = await session(conditions);
      for (let i = 0; i < 3; i++) await fetch(`${watched.base}.A1/poll/x${query}`);
      await until(() => watched.events.all.filter(({ name }) => name === 'exchange_ended').length === 3);
      const requests = waysOf(watched, 'A1').filter(({ what }) => what === 'request');
      return requests.map(({ departedAt, receivedAt }) => (receivedAt - departedAt).toFixed(3));
    };
    const own = await delays({}, '?jitter=500&seed=9');
    expect(new Set(own).size).toBe(1);
    const shared = await delays({ jitter: 500, seed: 9 }, '');
    expect(shared[0]).toBe(own[0]);
    expect(new Set(shared).size).toBe(3);
    expect(await delays({ jitter: 500, seed: 9 }, '')).toEqual(shared);
  }));

test('a cut in the middle of an answer loses the part under way, and only the connection tells the client', () =>
  withLab(async ({ origin, session }) => {
    const watched = await session({ latency: 50 });
    const stream = await openEvents(`${watched.base}.A1/events/x?cut=400`);
    await post(`${origin}/messages/x`, 'heard');
    expect((await stream.events.next()).data).toBe('heard');
    const started = await watched.event('exchange_started', { connection: 'A1' });
    let posted = 0;
    void (async () => {
      while (!watched.events.all.some(({ name }) => name === 'link_cut')) await post(`${origin}/messages/x`, `${posted++}`);
    })();
    await stream.ended;
    const ended = (await watched.event('exchange_ended', { connection: 'A1' })) as ExchangeEvent & { complete: boolean };
    expect(ended.complete).toBe(false);
    expect((await watched.event('link_cut')).time - started.time).toBe(400);
    expect(await watched.event('response_dropped', { connection: 'A1' })).toMatchObject({ reason: 'The link was cut.' });
  }));
