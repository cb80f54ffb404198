import { expect, test } from 'vitest';
import type { AddressDescription, SandboxDescription } from '../monitoring/description.ts';
import type { SessionAnswer } from '../../protocol/messages/tap-messages.ts';
import type { Options } from '../options.ts';
import { startServer } from '../testing/client.ts';
import { ask, upgrade } from './asking.ts';
import { newSession } from '../testing/new-session.ts';

/** Addresses that keep nothing and reveal nothing. All others, future ones included, are for the server's own pages. */
const forAnyPage = ['/echo', '/sink', '/ticker', '/close', '/handshake', '/raw', '/events/ticker'];

/** Returns the path to ask for an address. */
const asked = ({ path }: AddressDescription, session: string): string =>
  (path.split('?')[0] ?? '')
    .replace(':session', session)
    .replace(':connection', 'A1')
    .replace(':request', '0')
    .replace('<address>', 'poll/x')
    .replace(/:(?!session)\w+/, 'x');

/** Asks every address with these header fields and returns the ones that answer 403. */
async function refusedTo(options: Partial<Options>, fields: Record<string, string | undefined>): Promise<string[]> {
  await using running = await startServer(options);
  const { addresses } = (await (await fetch(`${running.origin}/sandbox`)).json()) as SandboxDescription;
  const refused: string[] = [];
  for (const address of addresses) {
    const session = await newSession(running.origin);
    const path = asked(address, session);
    const { method } = address;
    const status =
      method === 'WS'
        ? await upgrade(running.port, path, fields)
        : (await ask(running.port, method, `${path}?timeout=1`, fields)).status;
    if (status === 403) refused.push(`${method} ${path.replace(session, ':session')}`);
  }
  return refused;
}

const keeps = [
  'WS /broadcast/x',
  'WS /crowd',
  'WS /door',
  'WS /half-duplex/x',
  'POST /messages/x',
  'GET /events/x',
  'GET /poll/x',
  'GET /long-poll/x',
];
const inSessions = ['WS /s/:session/poll/x', 'WS /s/:session.A1/poll/x', 'GET /s/:session.A1.0/poll/x', 'WS /s/:session/tap'];
const ofTheServer = ['POST /sessions', 'GET /sandbox', 'GET /metrics', 'GET /healthz', 'GET /readyz'];
const origin = (value: string): Record<string, string> => ({ Origin: value });

test.each([
  ['no page', {}, {}, []],
  ['a page of the server itself', {}, { Host: 'localhost:4321', ...origin('http://localhost:4321') }, []],
  ['a page of the server behind a proxy with TLS', {}, { Host: 'localhost', ...origin('https://localhost') }, []],
  ['a page of another site', {}, origin('https://evil.example'), [...keeps, ...inSessions, ...ofTheServer]],
  ['a page of another port of this machine', {}, origin('http://localhost:5173'), [...keeps, ...inSessions, ...ofTheServer]],
  ['a file, or the frame of a program', {}, origin('null'), [...keeps, ...ofTheServer]],
  [
    'a page of an origin in --allow-origin',
    { allowOrigin: 'http://x.example, https://own.example:443' },
    origin('https://own.example'),
    [],
  ],
  [
    'a page like one in --allow-origin',
    { allowOrigin: 'https://own.example' },
    origin('https://own.example.evil.example'),
    [...keeps, ...inSessions, ...ofTheServer],
  ],
  ['a file, with --allow-origin null', { allowOrigin: 'null' }, origin('null'), []],
  ['any page, with --allow-origin "*"', { allowOrigin: '*' }, origin('https://evil.example'), []],
] satisfies [string, Partial<Options>, Record<string, string>, string[]][])(
  '%s may use what the table says',
  async (_, options, fields, refused) => {
    expect((await refusedTo(options, fields)).sort()).toEqual([...refused].sort());
  },
);

test('every address is in the table: those for any page are named, and no other is', async () => {
  await using running = await startServer();
  const { addresses } = (await (await fetch(`${running.origin}/sandbox`)).json()) as SandboxDescription;
  const open = addresses.filter(({ pages }) => pages === 'any').map(({ path }) => path.split('?')[0]);
  expect(open.sort()).toEqual(forAnyPage.sort());
  const those = (chosen: string): string[] =>
    addresses.filter(({ pages }) => pages === chosen).map((address) => `${address.method} ${asked(address, ':session')}`);
  expect(those('own').sort()).toEqual([...keeps, ...ofTheServer].sort());
  expect(those('own or ticket').sort()).toEqual(inSessions.sort());
});

test('only those who may ask for an answer may read it', async () => {
  await using running = await startServer();
  const { port } = running;
  const read = async (method: string, path: string, fields: Record<string, string | undefined>) => {
    const { status, allowOrigin, vary } = await ask(port, method, path, fields);
    return [status, allowOrigin, vary];
  };
  const { session } = JSON.parse((await ask(port, 'POST', '/sessions', {})).text) as SessionAnswer;
  const own = `http://localhost:${port}`;
  const evil = 'https://evil.example';
  expect(await read('GET', '/metrics', {})).toEqual([200, undefined, 'Origin']);
  expect(await read('GET', '/metrics', { Origin: own })).toEqual([200, own, 'Origin']);
  expect(await read('GET', '/metrics', { Origin: evil })).toEqual([403, undefined, 'Origin']);
  expect(await read('POST', '/sessions', { Origin: 'null' })).toEqual([403, undefined, 'Origin']);
  expect(await read('GET', '/sandbox', { Origin: own, accept: 'text/html' })).toEqual([200, own, 'Origin, Accept']);
  expect(await read('GET', `/s/${session}/poll/x`, { Origin: 'null' })).toEqual([200, 'null', 'Origin']);
  expect(await read('GET', `/s/${session}/nowhere`, { Origin: 'null' })).toEqual([404, 'null', 'Origin']);
  expect(await read('GET', '/s/gone/poll/x', { Origin: 'null' })).toEqual([404, 'null', 'Origin']);
  expect(await read('GET', '/s/gone/poll/x', { Origin: evil })).toEqual([403, undefined, 'Origin']);
  expect(await read('GET', '/poll/x', { Origin: own })).toEqual([200, own, 'Origin']);
  expect(await read('GET', '/events/ticker', { Origin: evil })).toEqual([200, '*', undefined]);
  expect(await read('GET', '/echo', { Origin: evil })).toEqual([426, '*', undefined]);
  expect(await read('GET', '/nowhere', { Origin: evil })).toEqual([404, undefined, undefined]);
  for (const path of [`/s/${session}/poll/x`, '/poll/x', '/metrics'])
    expect(await read('OPTIONS', path, { Origin: evil, 'Access-Control-Request-Method': 'GET' })).toEqual([
      403,
      undefined,
      'Origin',
    ]);
  expect(await read('OPTIONS', `/s/${session}/poll/x`, { Origin: 'null' })).toEqual([204, 'null', 'Origin']);
  expect(await read('OPTIONS', '/metrics', { Origin: own })).toEqual([204, own, 'Origin']);
});

test('refuses a request without Origin, such as for an image, if the browser says that it comes from another site', async () => {
  await using running = await startServer();
  const status = async (path: string, site: string, use: string): Promise<number> =>
    (await ask(running.port, 'GET', path, { 'Sec-Fetch-Site': site, 'Sec-Fetch-Dest': use })).status;
  expect(await status('/events/x', 'cross-site', 'image')).toBe(403);
  expect(await status('/long-poll/x?timeout=1', 'same-site', 'script')).toBe(403);
  expect(await status('/metrics', 'cross-site', 'iframe')).toBe(403);
  expect(await status('/metrics', 'cross-site', 'document')).toBe(200);
  expect(await status('/metrics', 'none', 'document')).toBe(200);
  expect(await status('/poll/x', 'same-origin', 'empty')).toBe(200);
  expect(await status('/events/ticker', 'cross-site', 'image')).toBe(200);
});

test('a refusal says which option lets the page in', async () => {
  await using running = await startServer();
  const said = async (fields: Record<string, string>): Promise<string> =>
    (await ask(running.port, 'GET', '/metrics', fields)).text;
  expect(await said({ Origin: 'https://my.example' })).toBe(
    'Pages of "https://my.example" may not use this address. If they are yours, start the server with --allow-origin https://my.example (the variable is ALLOW_ORIGIN).\n',
  );
  expect(await said({ Origin: 'null' })).toContain('--allow-origin null');
  expect(await said({ Host: 'play.example.org:8080' })).toBe(
    'This server is not known as "play.example.org:8080". If that is its name, start it with --allow-host play.example.org (the variable is ALLOW_HOST).\n',
  );
});

test('refuses a host that is not the server on every address, even a page of the site or one that does not exist', async () => {
  await using running = await startServer({ site: 'public' });
  const { port } = running;
  const status = async (host: string, path: string): Promise<number> => (await ask(port, 'GET', path, { Host: host })).status;
  expect([await status('localhost', '/favicon.svg'), await status('localhost', '/healthz')]).toEqual([200, 200]);
  for (const path of ['/favicon.svg', '/nowhere', '/healthz', '/poll/x', '/events/ticker', '/echo', '/s/x/echo'])
    expect([path, await status('evil.example:4321', path)]).toEqual([path, 403]);
  for (const path of ['/echo', '/broadcast/x', '/s/x/tap', '/nowhere', '/metrics'])
    expect([path, await upgrade(port, path, { Host: 'evil.example' })]).toEqual([path, 403]);
  // If an attacker points a host name at this server, pages of that name share an origin with it.
  expect(await upgrade(port, '/broadcast/x', { Host: 'evil.example', Origin: 'http://evil.example' })).toBe(403);
});

test('behind a proxy that keeps or rewrites Host, with TLS or without, the name in --allow-host lets its pages in', async () => {
  await using running = await startServer({ allowHost: 'play.example' });
  const room = (fields: Record<string, string>): Promise<number> => upgrade(running.port, '/broadcast/x', fields);
  expect(await room({ Host: 'play.example', Origin: 'https://play.example' })).toBe(101);
  expect(await room({ Host: 'play.example:8443', Origin: 'https://play.example:8443' })).toBe(101);
  expect(await room({ Host: 'localhost:4321', Origin: 'https://play.example' })).toBe(101);
  expect(await room({ Host: 'backend', Origin: 'https://play.example' })).toBe(101);
  expect(await room({ Host: 'localhost:4321', Origin: 'https://play.example:9999' })).toBe(403);
  expect(await room({ Host: 'play.example', Origin: 'https://evil.example' })).toBe(403);
  // Without TLS, somebody on the way may have written the page.
  expect(await room({ Host: 'play.example', Origin: 'http://play.example', 'X-Forwarded-Proto': 'https' })).toBe(403);
  expect(await room({ Host: 'play.example', Origin: 'https://play.example', 'X-Forwarded-Proto': 'https' })).toBe(101);
});

test.each(['http://localhost:1/', 'localhost', 'http://a, ', 'http://a b', 'http://'])(
  '--allow-origin "%s" is an error that says what it takes',
  async (given) => {
    await expect(startServer({ allowOrigin: given })).rejects.toThrow(
      'it takes origins such as https://example.org, separated by commas; or "*" for any.',
    );
  },
);

test.each(['http://a', 'a:80', 'a/b', 'a,,b'])('--allow-host "%s" is an error that says what it takes', async (given) => {
  await expect(startServer({ allowHost: given })).rejects.toThrow(
    'it takes names without a port, separated by commas; or "*" for any.',
  );
});
