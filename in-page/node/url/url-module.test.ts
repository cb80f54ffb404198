import type * as realPath from 'node:path';
import * as realQuerystring from 'node:querystring';
import * as realUrl from 'node:url';
import { expect, test } from 'vitest';
import { idleWorld, thrownBy } from '../testing/node-programs.ts';

test('url parses as Node’s of old, fields of the query included, and turns paths into addresses and back', async () => {
  const url = (await idleWorld()).require('url') as typeof realUrl;
  for (const address of [
    '/chat?room=a&x=1&x=2',
    'ws://user@host:8080/p/a?q#h',
    '/',
    '?token=a%20b',
    'ws://a',
    'wss://a:1?x',
    'http://a/b',
  ]) {
    expect({ ...url.parse(address, true) }).toEqual({ ...realUrl.parse(address, true) });
    expect(url.parse(address).query).toBe(realUrl.parse(address).query);
  }
  expect(url.format({ protocol: 'ws', host: 'a:1', pathname: '/b' })).toBe('ws://a:1/b');
  expect(url.format(url.parse('wss://a/b?c#d'))).toBe('wss://a/b?c#d');
  expect(url.format(new URL('ws://a/b'))).toBe('ws://a/b');
  for (const [from, to] of [
    ['/a/b', '../c'],
    ['ws://a:1/b/c', 'd'],
    ['ws://a/b', '/c?d'],
    ['http://a/', '//b/c'],
  ] as const) {
    expect(url.resolve(from, to)).toBe(realUrl.resolve(from, to));
  }
  expect(url.fileURLToPath(url.pathToFileURL('a b/#c'))).toBe('/app/a b/#c');
  expect(thrownBy(() => url.fileURLToPath('http://a/')).code).toBe('ERR_INVALID_URL_SCHEME');
});

test('path joins and resolves from the program’s folder, wherever this process runs', async () => {
  const path = (await idleWorld()).require('path') as typeof realPath;
  expect([path.join('a', '../b.js'), path.extname('a.b.js'), path.basename('/a/b.js', '.js')]).toEqual(['b.js', '.js', 'b']);
  expect([path.resolve('public'), path.resolve('/a', 'b'), path.relative('public', 'a.txt'), path.posix.resolve('x')]).toEqual([
    '/app/public',
    '/a/b',
    '../a.txt',
    '/app/x',
  ]);
});

test('querystring reads and writes fields as Node’s', async () => {
  const querystring = (await idleWorld()).require('querystring') as typeof realQuerystring;
  for (const text of ['a=1&b=x+y&a=2', '', '?a=1', 'a&b=', '=1']) {
    expect({ ...querystring.parse(text) }).toEqual({ ...realQuerystring.parse(text) });
  }
  const fields = { a: [1, 2], b: 'x y', c: null, d: true };
  expect(querystring.stringify(fields as never)).toBe(realQuerystring.stringify(fields as never));
});
