import { expect, test } from 'vitest';
import type { SandboxDescription } from './description.ts';
import { metricsText } from './prometheus.ts';
import { optionTable } from '../options.ts';
import { type Client, connect, refusedUpgrade, startServer, until, watch } from '../testing/client.ts';

test('/sandbox tells programs every address, link condition and limit in force, but not where it is served from', async () => {
  await using running = await startServer({ maxRooms: 7 });
  const response = await fetch(`${running.origin}/sandbox`);
  expect(response.headers.get('content-type')).toBe('application/json');
  const { addresses, link, manners, limits } = (await response.json()) as SandboxDescription;
  const paths = addresses.map(({ method, path }) => `${method} ${path.split('?')[0] ?? ''}`);
  for (const address of [
    'WS /echo',
    'WS /broadcast/:room',
    'WS /ticker',
    'WS /close',
    'WS /half-duplex/:channel',
    'WS /raw',
    'GET /events/:channel',
    'POST /messages/:channel',
    'GET /poll/:channel',
    'GET /long-poll/:channel',
    'POST /sessions',
    'GET /healthz',
    'GET /readyz',
    'GET /metrics',
    'WS /s/:session/tap',
  ]) {
    expect(paths).toContain(address);
  }
  expect(link.find(({ name }) => name === 'latency')).toEqual({
    name: 'latency',
    takes: 'a whole number of ms one way, from 0 to 10000',
  });
  expect(manners.map(({ name }) => name)).toEqual(['pong', 'fragment', 'ping', 'pingevery']);
  expect(limits.find(({ name }) => name === 'maxRooms')).toMatchObject({
    flag: '--max-rooms',
    variable: 'MAX_ROOMS',
    value: 7,
    unit: 'rooms',
  });
  expect(limits.map(({ name }) => name)).toEqual(
    Object.keys(optionTable).filter(
      (name) => !['port', 'host', 'profile', 'site', 'allowHost', 'allowOrigin', 'hideFields', 'addressHeader'].includes(name),
    ),
  );
});

test('/sandbox is a page for a browser, with the same limits, and without script', async () => {
  await using running = await startServer({ maxRooms: 7, maxSessions: 0 });
  const response = await fetch(`${running.origin}/sandbox`, { headers: { accept: 'text/html,*/*' } });
  const page = await response.text();
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('vary')).toBe('Origin, Accept');
  expect(page).toContain('<code>--max-rooms</code></td><td>7 rooms</td>');
  expect(page).toContain('<code>--max-sessions</code></td><td>none</td>');
  expect(page).toContain('<code>/s/:session/&lt;address&gt;</code>');
  expect(page).not.toMatch(/<script|undefined|NaN|\[object/);
});

/** Returns the figures of `/metrics` by name and label. */
async function figures(origin: string): Promise<Map<string, number>> {
  const response = await fetch(`${origin}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]));
}

test('/metrics counts what is open and what has been, refusals by status, and the process', async () => {
  await using running = await startServer();
  const client = await connect(`${running.origin}/broadcast/x`);
  const control = new AbortController();
  const held = fetch(`${running.origin}/long-poll/x`, { signal: control.signal }).catch(() => 'gone');
  await fetch(`${running.origin}/sessions`, { method: 'POST' });
  await fetch(`${running.origin}/poll/x?after=x`);
  await fetch(`${running.origin}/messages/y`, { method: 'POST', body: 'kept' });
  await fetch(`${running.origin}/messages/y`);
  const open = await figures(running.origin);
  const expected = {
    duplex_websocket_connections: 1,
    duplex_websocket_upgrades_total: 1,
    duplex_rooms: 1,
    duplex_http_exchanges: 1,
    duplex_http_exchanges_total: 3,
    duplex_long_polls: 1,
    duplex_event_streams: 0,
    duplex_sessions: 1,
    duplex_sessions_started_total: 1,
    duplex_channels: 2,
    duplex_history_bytes: 8,
    duplex_queued_bytes: 0,
    'duplex_refusals_total{status="400"}': 1,
    'duplex_refusals_total{status="405"}': 1,
  };
  for (const [name, value] of Object.entries(expected)) expect([name, open.get(name)]).toEqual([name, value]);
  expect(open.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  control.abort();
  await held;
  await client.close();
  await until(() => running.server.stats().connections === 0 && running.server.stats().timers === 1);
  const after = await figures(running.origin);
  expect([after.get('duplex_long_polls'), after.get('duplex_http_exchanges'), after.get('duplex_rooms')]).toEqual([0, 0, 0]);
});

test('/metrics counts closes by the code that the server sent, and what each limit refused or closed', async () => {
  await using running = await startServer({
    messageBurst: 2,
    maxMessageBytes: 10,
    maxEventStreams: 1,
    maxSessions: 1,
    maxSessionTaps: 1,
  });
  const { base } = await watch(running.origin);
  await fetch(`${running.origin}/sessions`, { method: 'POST' });
  await fetch(`${base}/tap`);
  await refusedUpgrade(`${base}/tap`);
  const control = new AbortController();
  await fetch(`${running.origin}/events/x`, { signal: control.signal });
  await fetch(`${running.origin}/events/x`);
  await fetch(`${running.origin}/messages/x`, { method: 'POST', body: 'longer than ten' });
  for (const origin of [running.origin, base]) {
    const [flooder, long, honest] = (await Promise.all([1, 2, 3].map(() => connect(`${origin}/echo`)))) as [
      Client,
      Client,
      Client,
    ];
    for (let i = 0; i < 50; i++) flooder.socket.send('x');
    long.socket.send('longer than ten');
    await Promise.all([flooder.closed, long.closed, honest.close()]);
  }
  await until(() => running.server.stats().connections === 1);
  const after = await figures(running.origin);
  const expected = {
    'duplex_websocket_closes_total{code="1000"}': 2,
    'duplex_websocket_closes_total{code="1008"}': 2,
    'duplex_websocket_closes_total{code="1009"}': 2,
    'duplex_refusals_total{status="503"}': 3,
    'duplex_limits_reached_total{limit="messagesPerSecond"}': 2,
    'duplex_limits_reached_total{limit="maxMessageBytes"}': 3,
    'duplex_limits_reached_total{limit="maxEventStreams"}': 1,
    'duplex_limits_reached_total{limit="maxSessions"}': 1,
    'duplex_limits_reached_total{limit="maxSessionTaps"}': 1,
    duplex_client_addresses: 1,
  };
  for (const [name, value] of Object.entries(expected)) expect([name, after.get(name)]).toEqual([name, value]);
  control.abort();
});

test('writes figures in the text format of Prometheus, with labels and help escaped', () => {
  const values = new Map([['a"b\\c\nd', 1.5]]);
  const text = metricsText([
    { name: 'x_total', help: 'Two\nlines.', type: 'counter', value: { label: 'of', values } },
    { name: 'y', help: 'Why.', type: 'gauge', value: Infinity },
  ]);
  expect(text).toBe(
    '# HELP x_total Two\\nlines.\n# TYPE x_total counter\nx_total{of="a\\"b\\\\c\\nd"} 1.5\n# HELP y Why.\n# TYPE y gauge\ny +Inf\n',
  );
});
