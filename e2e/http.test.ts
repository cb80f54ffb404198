// Longer than most files: the programs it runs and the events they lead to are read side by side.
import { describe, expect, test } from 'vitest';
import type { HttpExchange } from '../protocol/trace/exchange.ts';
import { exchangesOf } from '../protocol/trace/exchange-index.ts';
import type { Trace } from '../protocol/trace/trace.ts';
import { hashFor } from '../site/playground/share-address.ts';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { page, pageForEachTest } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

pageForEachTest();

/** Opens the playground with `code` in it. */
async function openWith(code: string): Promise<void> {
  // Leave the page first: a browser does not reload it if only the fragment changes.
  await page.goto('about:blank');
  await openPage(page, `${origin()}/playground/${hashFor(code)}`);
}

/** Runs `code` until it comes to rest; returns the printed lines, the trace and its exchanges. */
async function run(code: string): Promise<{ lines: string[]; trace: Trace; exchanges: HttpExchange[] }> {
  await openWith(code);
  const trace = await runToRest(page);
  const lines = await playgroundOf(page).console.locator('.pg-line').allInnerTexts();
  return { lines, trace, exchanges: exchangesOf(trace) };
}

/** Lists what a program can see of fetch, its Response and EventSource. Runs natively in the page, and as a reader's program. */
async function probeHttp(): Promise<string[]> {
  const seen: string[] = [];
  const say = (thrown: unknown): string => {
    const { name, message, constructor } = thrown as Error;
    return `throws ${constructor.name} ${name}: ${message.replace(/on '\w+'/, 'on the scope')}`;
  };
  const see = async (what: string, look: () => unknown): Promise<void> => {
    try {
      seen.push(`${what}: ${String(await look())}`);
    } catch (thrown) {
      seen.push(`${what} ${say(thrown)}`);
    }
  };
  const members = (of: object): string => Reflect.ownKeys(of).map(String).sort().join();
  const anything = fetch as (...args: unknown[]) => Promise<Response>;
  await see('fetch', () => [fetch.name, fetch.length, typeof fetch]);
  await see('no address', () => anything());
  await see('symbol', () => anything(Symbol('s')));
  await see('no host', () => fetch('http://'));
  await see('with a password', () => fetch('http://me:secret@localhost/poll/x'));
  await see('method', () => fetch('/poll/x', { method: 'b ad' }));
  await see('forbidden method', () => fetch('/poll/x', { method: 'TRACE' }));
  await see('GET with a body', () => fetch('/poll/x', { body: 'text' }));
  await see('header', () => fetch('/poll/x', { headers: { 'b ad': 'x' } }));
  await see('Request', () => [
    Request.name,
    Request.length,
    Request.prototype.constructor === Request,
    members(Request.prototype),
  ]);
  await see('relative Request', () => new URL(new Request('/poll/x').url).pathname);
  await see('Response', () => [Response.name, Response.length, members(Response), members(Response.prototype)]);
  await see('stream', () => [members(ReadableStream.prototype), members(ReadableStreamDefaultReader.prototype)]);
  await see('method names', () =>
    [Response.prototype.json, Response.prototype.clone, ReadableStream.prototype.getReader].map(
      ({ name, length }) => name + String(length),
    ),
  );

  const channel = `probe-${String(Math.random()).slice(2, 12)}`;
  const post = (body: string): Promise<Response> => fetch(`/messages/${channel}`, { method: 'POST', body });
  const first = await post('one');
  await see('answer', () => [first.status, first.ok, first.statusText, first instanceof Response, String(first), first.bodyUsed]);
  await see('own keys', () => Reflect.ownKeys(first).map(String));
  await see('type', () => first.headers.get('content-type'));
  await see('body', () => [String(first.body), first.body === first.body, first.body?.locked]);
  await see('json', async () => JSON.stringify(await first.json()));
  await see('used', () => first.bodyUsed);
  await see('json again', () => first.json());
  await see('clone of used', () => first.clone());
  const poll = (): Promise<Response> =>
    fetch(new URL(`/poll/${channel}?after=0`, location.origin === 'null' ? undefined : location.href));
  const polled = await (location.protocol === 'blob:' ? fetch(`/poll/${channel}?after=0`) : poll());
  const copy = polled.clone();
  await see('clone', async () => [await polled.text(), (await copy.text()) === '', copy.bodyUsed]);
  await see('no JSON', async () => (await fetch('/events/x/y')).json());
  const again = await fetch(new Request(`/poll/${channel}`, { headers: { accept: 'application/json' } }));
  await see('by Request', async () => (await again.arrayBuffer()).byteLength);
  await see('posted by Request', async () => {
    const request = new Request(`/messages/${channel}`, { method: 'POST', body: 'two' });
    const answer = await fetch(request);
    return [answer.status, request.bodyUsed, await answer.text()];
  });
  await see('reader', async () => {
    const answer = await fetch(`/poll/${channel}`);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const { value, done } = await reader.read();
    const end = await reader.read();
    return [String(reader), value?.constructor.name, done, JSON.stringify(end), answer.bodyUsed, await reader.closed];
  });
  await see('loop', async () => {
    const answer = await fetch(`/poll/${channel}`);
    let bytes = 0;
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) bytes += chunk.length;
    return [bytes, answer.bodyUsed, answer.body?.locked];
  });
  await see('pipe', async () => {
    const { body } = await fetch(`/poll/${channel}`);
    const text = (body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(new TextDecoderStream()).getReader();
    return [(await text.read()).value, body?.locked];
  });
  await see('tee', async () => {
    const { body } = await fetch(`/poll/${channel}`);
    const [one, two] = (body as ReadableStream<Uint8Array<ArrayBuffer>>).tee();
    return [await new Response(one).text(), (await new Response(two).text()).length, body?.locked];
  });
  await see('aborted before', () => fetch(`/poll/${channel}`, { signal: AbortSignal.abort() }));
  await see('aborted for a reason', () => fetch(`/poll/${channel}`, { signal: AbortSignal.abort(new RangeError('mine')) }));
  const control = new AbortController();
  const held = fetch(`/long-poll/${channel}?after=2`, { signal: control.signal });
  control.abort();
  await see('aborted', () => held);
  const streaming = new AbortController();
  const stream = await fetch(`/events/${channel}?lastEventId=0`, { signal: streaming.signal });
  const chunks = (stream.body as ReadableStream<Uint8Array>).getReader();
  await see('first chunk', async () => (await chunks.read()).value?.constructor.name);
  streaming.abort();
  await see('aborted while read', async () => {
    for (;;) await chunks.read();
  });

  await see('EventSource', () => [EventSource.name, EventSource.length, members(EventSource), members(EventSource.prototype)]);
  await see('constants', () => [EventSource.CONNECTING, EventSource.OPEN, EventSource.prototype.CLOSED]);
  await see('constructor', () => EventSource.prototype.constructor === EventSource);
  await see('without new', () => (EventSource as unknown as () => void)());
  await see('nothing', () => Reflect.construct(EventSource, []) as unknown);
  await see('wrong', () => new EventSource('http://'));
  const source = new EventSource(`/events/${channel}?lastEventId=1`);
  const event = (name: string): Promise<Event> =>
    new Promise((resolve) => source.addEventListener(name, resolve, { once: true }));
  await see('source', () => [String(source), source.readyState, source.withCredentials, source instanceof EventTarget]);
  await see('keys', () => Reflect.ownKeys(source).map(String));
  const open = await event('open');
  await see('open', () => [String(open), open.isTrusted, open.target === source, source.readyState]);
  const message = (await event('message')) as MessageEvent<string>;
  await see('message', () => [String(message), message.data, message.lastEventId, message.isTrusted]);
  source.close();
  await see('closed', () => source.readyState);
  const wrong = new EventSource('/poll/x');
  await see('not a stream', async () => {
    const error = await new Promise<Event>((resolve) => (wrong.onerror = resolve));
    return [String(error), error.type, wrong.readyState];
  });
  class Own extends EventSource {
    get mine(): string {
      return 'mine';
    }
  }
  const own = new Own(`/events/${channel}`);
  await see('subclass', () => [own.mine, own instanceof Own, own instanceof EventSource]);
  own.close();
  return seen;
}

describe("the reader's fetch and EventSource", () => {
  test('match the native ones in names, prototypes, constants, errors, streams and events', async () => {
    await page.goto(`${origin()}/playground/`);
    const native = await page.evaluate(probeHttp);
    const { lines } = await run(
      `const probe = ${probeHttp.toString()};\nfor (const line of await probe()) console.log('=' + line);`,
    );
    expect(lines.flatMap((line) => (line.startsWith('=') ? [line.slice(1)] : []))).toEqual(native);
  });

  test('lead any host to the sandbox, and the console says so once', async () => {
    const { lines, exchanges } = await run(
      `const answer = await fetch('https://example.com/api/chat', { method: 'POST', body: 'Hello' });
       console.log(answer.status, (await answer.json()).id);
       const polled = await fetch('https://example.com/api/chat?after=0');
       console.log((await polled.json()).messages.length > 0);
       const source = new EventSource('https://example.com/stream');
       source.onopen = () => source.close();`,
    );
    expect(lines.filter((line) => line.includes('only this playground'))).toEqual([
      "Programs here can reach only this playground's sandbox: https://example.com/api/chat was asked as /messages/chat of the sandbox.",
    ]);
    expect(lines.join()).toMatch(/201 \d+.*true/);
    expect(exchanges.map(({ target }) => target)).toEqual([
      'https://example.com/api/chat',
      'https://example.com/api/chat?after=0',
      'https://example.com/stream',
    ]);
  });
});

/** Sums up what the client and the tap saw of each exchange. */
const inShort = (exchanges: readonly HttpExchange[]): unknown[] =>
  exchanges.map(({ connection, method, target, status, complete, client }) => {
    const path = target.replace(/-\d+/, '');
    return [connection, method, path, status, complete, client?.outcome, client?.chunks.map(({ length }) => length)];
  });

test('fetches are joined with what the tap captured, with a connection per address and a number per request', async () => {
  const { trace, exchanges } = await run(
    `const ids = await Promise.all([1, 2, 3].map(async (n) => {
       const answer = await fetch('/messages/~joined', { method: 'POST', body: 'n'.repeat(n) });
       return (await answer.json()).id;
     }));
     await (await fetch('/poll/~joined?after=3')).text();
     await fetch('/poll/~joined?after=9999999', { headers: { 'X-Own': 'asks for a preflight' } }).catch(() => undefined);`,
  );
  const own = exchanges.filter(({ method }) => method !== 'OPTIONS');
  expect(inShort(own).slice(0, 4)).toEqual([
    ['A1', 'POST', '/messages/~joined', 201, true, 'complete', [8]],
    ['A1', 'POST', '/messages/~joined', 201, true, 'complete', [8]],
    ['A1', 'POST', '/messages/~joined', 201, true, 'complete', [8]],
    ['A2', 'GET', '/poll/~joined?after=3', 200, true, 'complete', [expect.any(Number)]],
  ]);
  expect(trace.connections.map(({ id, kind }) => [id, kind])).toEqual([
    ['A1', 'http'],
    ['A2', 'http'],
  ]);
  for (const { startedAt, request, parts, client, endedAt } of own.slice(0, 4)) {
    const times = [startedAt, request.sentAt, request.receivedAt, parts[0]?.sentAt, client?.headAt, client?.endedAt];
    expect(times).toEqual([...times].sort((a = 0, b = 0) => a - b));
    expect(endedAt).toBeGreaterThanOrEqual(client?.endedAt ?? Infinity);
  }
  // Each request is joined with its own bytes, which hold what was posted.
  const posted = own.slice(0, 3).map(
    ({ request }) =>
      Buffer.from(request.bytes ?? '', 'hex')
        .toString()
        .split('\r\n\r\n')[1],
  );
  expect(posted).toEqual(['n', 'nn', 'nnn']);
  expect(exchanges.filter(({ method, client }) => method === 'OPTIONS' && client === undefined)).toHaveLength(1);
});

test('a long poll that is given up is told as aborted at the client, and as left by the client at the server', async () => {
  const { trace, exchanges } = await run(
    `const control = new AbortController();
     // Long enough for a busy machine to have told the server of it.
     setTimeout(() => control.abort(), 2000);
     await fetch('/long-poll/held-${Date.now()}', { signal: control.signal }).catch(({ name }) => console.log('caught', name));`,
  );
  expect(exchanges).toMatchObject([{ client: { api: 'fetch', outcome: 'aborted', headAt: undefined }, complete: false }]);
  const reasons = trace.events.flatMap((event) => (event.name === 'exchange_ended' ? [[event.at, event.reason]] : []));
  expect(reasons).toEqual([
    ['client', 'The program gave it up.'],
    ['socket', 'The client went away before it had the whole answer.'],
  ]);
});

test('a cut-off EventSource reconnects with the last event id, each time as an exchange with its own events', async () => {
  const channel = '~cut';
  const { exchanges, lines } = await run(
    `const source = new EventSource('/events/${channel}?cut=900&retry=50&lastEventId=0');
     let n = 0;
     source.onopen = () => fetch('/messages/${channel}', { method: 'POST', body: 'message ' + ++n });
     source.onmessage = ({ data, lastEventId }) => {
       console.log(lastEventId, data);
       if (lastEventId === '3') source.close();
     };`,
  );
  expect(lines).toEqual(['1 message 1', '2 message 2', '3 message 3']);
  const streams = exchanges.filter(({ client }) => client?.api === 'EventSource');
  const idsOf = ({ client }: HttpExchange): string[] => (client?.events ?? []).map(({ lastEventId }) => lastEventId);
  expect(streams.flatMap(idsOf)).toEqual(['1', '2', '3']);
  expect(streams.length).toBeGreaterThan(1);
  expect(streams.map(({ client }) => client?.outcome)).toEqual(
    streams.map((_, i) => (i < streams.length - 1 ? 'reconnecting' : 'aborted')),
  );
  const asked = streams.map(
    ({ request }) => /Last-Event-ID: (\d+)/i.exec(Buffer.from(request.bytes ?? '', 'hex').toString())?.[1],
  );
  // A stream's first block sets the id of the last event before it.
  const heard = streams.map((_, i) => streams.slice(0, i).flatMap(idsOf).at(-1) ?? '0');
  expect(asked).toEqual([undefined, ...heard.slice(1)]);
});

test('a polling program does not count as finished between two requests', async () => {
  const { exchanges } = await run(
    `let asked = 0;
     const timer = setInterval(async () => {
       if (++asked === 3) clearInterval(timer);
       await (await fetch('/poll/rest-${Date.now()}')).json();
     }, 300);`,
  );
  expect(exchanges).toHaveLength(3);
});

test.each([
  [
    'a wrong parameter of a poll',
    "await fetch('/poll/x?after=y');",
    'refused GET /poll/x?after=y (400): Wrong parameter: "after" is "y"',
  ],
  ['an unknown address', "await fetch('/nowhere');", 'refused GET /nowhere (404): There is no such address in a session.'],
  [
    'an event stream',
    "new EventSource('/events/x?retry=never');",
    'refused GET /events/x?retry=never (400): Wrong parameter: "retry"',
  ],
])('the console says once why %s was refused', async (_what, code, says) => {
  const { lines } = await run(code);
  expect(lines.filter((line) => line.includes(says))).toHaveLength(1);
});
