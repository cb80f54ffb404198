// Longer than most files: three sections of RFC 9110 as lists of cases.
import { mkdir, mkdtemp, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../testing/client.ts';
import { ask } from '../testing/raw-http.ts';

let site: string;
let running: Awaited<ReturnType<typeof startServer>>;

/** The time of the last change of `digits.txt`. */
const changed = 'Sun, 06 Nov 1994 08:49:37 GMT';

beforeAll(async () => {
  const outside = await mkdtemp(join(tmpdir(), 'outside-'));
  await writeFile(join(outside, 'secret.txt'), 'secret');
  site = join(outside, 'site');
  await mkdir(join(site, '_astro'), { recursive: true });
  await mkdir(join(site, 'lesson'));
  await writeFile(join(site, 'digits.txt'), '0123456789');
  await utimes(join(site, 'digits.txt'), new Date(changed), new Date(changed));
  await writeFile(join(site, 'empty.txt'), '');
  await writeFile(join(site, 'lesson', 'index.html'), 'a lesson');
  await writeFile(join(site, 'about.html'), 'about');
  await writeFile(join(site, '.env'), 'secret');
  await writeFile(join(site, 'data.unheard-of'), 'data');
  await writeFile(join(site, '404.html'), 'not here');
  await writeFile(join(site, 'grüße.txt'), 'grüße');
  await writeFile(join(site, 'both.js'), 'code');
  await writeFile(join(site, 'both.js.br'), 'by brotli');
  await writeFile(join(site, 'both.js.gz'), 'by gzip');
  running = await startServer({ site, refusalsPerSecond: 0 });
});
afterAll(() => running[Symbol.asyncDispose]());

const get = (path: string, fields: Readonly<Record<string, string>> = {}) => ask(running.origin, path, fields);

describe('ranges (RFC 9110, section 14)', () => {
  test.each([
    ['bytes=0-0', 'bytes 0-0/10', '0'],
    ['bytes=2-5', 'bytes 2-5/10', '2345'],
    ['bytes=5-', 'bytes 5-9/10', '56789'],
    ['bytes=9-9', 'bytes 9-9/10', '9'],
    ['bytes=-1', 'bytes 9-9/10', '9'],
    ['bytes=-3', 'bytes 7-9/10', '789'],
    ['bytes=-99', 'bytes 0-9/10', '0123456789'],
    ['bytes=0-9007199254740993', 'bytes 0-9/10', '0123456789'],
    ['bytes=4-99999999999999999999999999999', 'bytes 4-9/10', '456789'],
    ['bytes=-99999999999999999999999999999', 'bytes 0-9/10', '0123456789'],
    ['BYTES=0-0', 'bytes 0-0/10', '0'],
    ['bytes=,0-0 ,', 'bytes 0-0/10', '0'],
  ])('%s is answered 206 with %s', async (range, contentRange, body) => {
    const answer = await get('/digits.txt', { range });
    expect([answer.status, answer.headers['content-range'], String(answer.body)]).toEqual([206, contentRange, body]);
    expect(answer.headers['content-length']).toBe(`${body.length}`);
  });

  test.each(['bytes=10-', 'bytes=10-20', 'bytes=9007199254740993-', 'bytes=-0'])(
    '%s contains no byte and is answered 416 with the length and a sentence',
    async (range) => {
      const { status, headers, body } = await get('/digits.txt', { range });
      expect([status, headers['content-range'], headers['cache-control']]).toEqual([416, 'bytes */10', 'no-store']);
      expect(String(body)).toBe(`The file has 10 bytes; none of them is in the range "${range}".\n`);
    },
  );

  test.each([
    'bytes=9-2',
    'bytes=',
    'bytes=-',
    'bytes=,',
    'bytes=a-b',
    'bytes=1x-5',
    'bytes=+1-5',
    'bytes=0-1-2',
    'bytes=--1',
    'bytes 0-1',
    '0-1',
    'lines=0-1',
    'bytes=0-0, 9-2',
  ])('%s is not a range of bytes and is ignored', async (range) => {
    const { status, headers, body } = await get('/digits.txt', { range });
    expect([status, headers['content-range'], String(body)]).toEqual([200, undefined, '0123456789']);
  });

  test.each(['bytes=0-0, 2-2', 'bytes=0-,0-,0-,0-', 'bytes=20-30, 0-1'])(
    '%s asks for several ranges and gets the whole file, as a server may do',
    async (range) => {
      const { status, body } = await get('/digits.txt', { range });
      expect([status, String(body)]).toEqual([200, '0123456789']);
    },
  );

  test.each(['bytes=0-0', 'bytes=9-2', 'bytes=10-', 'bytes=0-9007199254740993'])(
    'HEAD ignores %s, because ranges are for GET',
    async (range) => {
      const { status, headers, body } = await get('/digits.txt', { method: 'HEAD', range });
      expect([status, headers['content-length'], headers['content-range'], body.length]).toEqual([200, '10', undefined, 0]);
      expect(headers['accept-ranges']).toBe('bytes');
    },
  );

  test('an empty file has no first byte, and its last byte is the whole file', async () => {
    const first = await get('/empty.txt', { range: 'bytes=0-' });
    expect([first.status, first.headers['content-range']]).toEqual([416, 'bytes */0']);
    const last = await get('/empty.txt', { range: 'bytes=-1' });
    expect([last.status, last.headers['content-length'], last.body.length]).toEqual([200, '0', 0]);
  });

  test('a range of a compressed form is cut out of that form', async () => {
    const { status, headers, body } = await get('/both.js', { 'accept-encoding': 'br', range: 'bytes=3-8' });
    expect([status, headers['content-encoding'], String(body)]).toEqual([206, 'br', 'brotli']);
  });
});

describe('conditional requests (RFC 9110, section 13)', () => {
  const etagOf = async (path: string, encoding = 'identity'): Promise<string> =>
    (await get(path, { 'accept-encoding': encoding })).headers.etag ?? '';

  test('a file has a strong ETag, a different one for each of its forms, and the date of its last change', async () => {
    const { headers } = await get('/digits.txt');
    expect(headers.etag).toMatch(/^"[^"]+"$/);
    expect(headers['last-modified']).toBe(changed);
    const etags = await Promise.all(['identity', 'gzip', 'br'].map((encoding) => etagOf('/both.js', encoding)));
    expect(new Set(etags).size).toBe(3);
  });

  test.each([
    ['If-None-Match with it', (etag: string) => ({ 'if-none-match': etag }), 304],
    ['If-None-Match with it among others', (etag: string) => ({ 'if-none-match': `"a", "b,c" ,${etag}, "d"` }), 304],
    ['If-None-Match with it as a weak one', (etag: string) => ({ 'if-none-match': `W/${etag}` }), 304],
    ['If-None-Match: *', () => ({ 'if-none-match': '*' }), 304],
    ['If-None-Match with others', () => ({ 'if-none-match': '"a", W/"b"' }), 200],
    [
      'If-None-Match with others, and an If-Modified-Since that it overrules',
      () => ({ 'if-none-match': '"a"', 'if-modified-since': changed }),
      200,
    ],
    ['If-None-Match with it without its quotes', (etag: string) => ({ 'if-none-match': etag.slice(1, -1) }), 200],
    ['If-Match with it', (etag: string) => ({ 'if-match': `"a", ${etag}` }), 200],
    ['If-Match: *', () => ({ 'if-match': '*' }), 200],
    ['If-Match with others', () => ({ 'if-match': '"a", "b"' }), 412],
    ['If-Match with it as a weak one', (etag: string) => ({ 'if-match': `W/${etag}` }), 412],
    [
      'If-Match with it, and an If-Unmodified-Since that it overrules',
      (etag: string) => ({ 'if-match': etag, 'if-unmodified-since': 'Sat, 05 Nov 1994 08:49:37 GMT' }),
      200,
    ],
    ['If-Match with it and If-None-Match with it', (etag: string) => ({ 'if-match': etag, 'if-none-match': etag }), 304],
    ['If-Modified-Since of its last change', () => ({ 'if-modified-since': changed }), 304],
    ['If-Modified-Since of later', () => ({ 'if-modified-since': 'Mon, 07 Nov 1994 08:49:37 GMT' }), 304],
    ['If-Modified-Since of before', () => ({ 'if-modified-since': 'Sun, 06 Nov 1994 08:49:36 GMT' }), 200],
    ['If-Modified-Since in the form of RFC 850', () => ({ 'if-modified-since': 'Sunday, 06-Nov-94 08:49:37 GMT' }), 304],
    ['If-Modified-Since in the form of asctime', () => ({ 'if-modified-since': 'Sun Nov  6 08:49:37 1994' }), 304],
    ['If-Modified-Since that is not a date of HTTP', () => ({ 'if-modified-since': '2094-11-06' }), 200],
    ['If-Modified-Since of a day that does not exist', () => ({ 'if-modified-since': 'Sun, 32 Nov 2094 08:49:37 GMT' }), 200],
    ['If-Unmodified-Since of its last change', () => ({ 'if-unmodified-since': changed }), 200],
    ['If-Unmodified-Since of before', () => ({ 'if-unmodified-since': 'Sun, 06 Nov 1994 08:49:36 GMT' }), 412],
    ['If-Unmodified-Since that is not a date', () => ({ 'if-unmodified-since': 'yesterday' }), 200],
  ])('%s is answered as that condition says', async (_, fieldsFor, status) => {
    const etag = await etagOf('/digits.txt');
    for (const method of ['GET', 'HEAD']) {
      const answer = await get('/digits.txt', { method, ...fieldsFor(etag) });
      expect(answer.status, method).toBe(status);
      if (status === 304) {
        expect(answer.headers).toMatchObject({ etag, vary: 'Accept-Encoding', 'cache-control': 'no-cache' });
        expect(answer.headers['content-length']).toBeUndefined();
        expect(answer.headers['content-type']).toBeUndefined();
      }
      if (status === 412 && method === 'GET') {
        expect(String(answer.body)).toMatch(/^The file is not what the condition asks for: (If-Match|If-Unmodified-Since)/);
      }
    }
  });

  test.each([
    ['the ETag', (etag: string) => etag, 206],
    ['a weak form of it', (etag: string) => `W/${etag}`, 200],
    ['another one', () => '"other"', 200],
    ['the date of the last change', () => changed, 206],
    ['a later date', () => 'Mon, 07 Nov 1994 08:49:37 GMT', 200],
    ['something that is neither', () => 'yesterday', 200],
  ])('with If-Range of %s, a range is sent if that is this very file, otherwise the whole file', async (_, valueFor, status) => {
    const ifRange = valueFor(await etagOf('/digits.txt'));
    const answer = await get('/digits.txt', { range: 'bytes=0-0', 'if-range': ifRange });
    expect(answer.status).toBe(status);
    // An If-Range that is not met prevents the 416 too.
    const outside = await get('/digits.txt', { range: 'bytes=10-', 'if-range': ifRange });
    expect(outside.status).toBe(status === 206 ? 416 : 200);
  });

  test('a date is strong enough for If-Range only from a second after the change', async () => {
    const file = join(site, 'fresh.txt');
    await writeFile(file, 'fresh');
    const now = new Date(Date.now() + 3_600_000);
    await utimes(file, now, now);
    const date = (await get('/fresh.txt')).headers['last-modified'] ?? '';
    expect((await get('/fresh.txt', { range: 'bytes=0-0', 'if-range': date })).status).toBe(200);
  });

  test('a file that is written anew has another ETag, even if its length is the same', async () => {
    const file = join(site, 'anew.txt');
    await writeFile(file, 'one');
    const before = await etagOf('/anew.txt');
    await writeFile(file, 'two');
    const { mtime } = await stat(file);
    await utimes(file, mtime, new Date(mtime.getTime() + 5));
    const answer = await get('/anew.txt', { 'if-none-match': before });
    expect([answer.status, String(answer.body)]).toEqual([200, 'two']);
  });
});

describe('Accept-Encoding (RFC 9110, section 12.5.3)', () => {
  test.each([
    [undefined, 'code'],
    ['', 'code'],
    ['br', 'by brotli'],
    ['gzip', 'by gzip'],
    ['x-gzip', 'by gzip'],
    ['gzip, deflate, br, zstd', 'by brotli'],
    ['BR', 'by brotli'],
    ['br;q=0', 'code'],
    ['br;q=0.000, gzip', 'by gzip'],
    ['br ; q=0, gzip;q=0', 'code'],
    ['gzip;q=0.8, br;q=0.2', 'by gzip'],
    ['identity, br;q=0.5', 'code'],
    ['*', 'by brotli'],
    ['*, br;q=0', 'by gzip'],
    ['br, *;q=0', 'by brotli'],
    ['identity;q=0, gzip', 'by gzip'],
    ['broccoli, notgzip', 'code'],
  ])('%j gets "%s"', async (encoding, body) => {
    const answer = await get('/both.js', encoding === undefined ? {} : { 'accept-encoding': encoding });
    expect([answer.status, String(answer.body)]).toEqual([200, body]);
    const coding = { code: undefined, 'by brotli': 'br', 'by gzip': 'gzip' }[body];
    expect(answer.headers['content-encoding']).toBe(coding);
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.vary).toBe('Accept-Encoding');
  });

  test.each(['identity;q=0', '*;q=0', 'identity;q=0, br;q=0', 'zstd, identity;q=0'])(
    '%s leaves nothing that could be sent, and is answered 406',
    async (encoding) => {
      const { status, headers, body } = await get('/both.js', { 'accept-encoding': encoding });
      expect([status, headers.vary]).toEqual([406, 'Accept-Encoding']);
      expect(String(body)).toBe('Accept-Encoding rules out every form of this file that there is: br, gzip, identity.\n');
    },
  );

  test('a file without a compressed form is sent as it is, and still names Accept-Encoding in Vary', async () => {
    const { status, headers } = await get('/digits.txt', { 'accept-encoding': 'br, gzip' });
    expect([status, headers['content-encoding'], headers.vary]).toEqual([200, undefined, 'Accept-Encoding']);
    expect((await get('/digits.txt', { 'accept-encoding': 'br, identity;q=0' })).status).toBe(406);
  });
});

describe('addresses', () => {
  test.each([
    ['/digits.txt?v=1', '0123456789'],
    ['/lesson/', 'a lesson'],
    ['/lesson', 'a lesson'],
    ['/about', 'about'],
    ['/about.html', 'about'],
    ['/gr%C3%BC%C3%9Fe.txt', 'grüße'],
    ['http://localhost/digits.txt', '0123456789'],
  ])('%s is found', async (path, body) => {
    const answer = await get(path);
    expect([answer.status, String(answer.body)]).toEqual([200, body]);
  });

  test('an unknown type is sent as bytes', async () => {
    expect((await get('/data.unheard-of')).headers['content-type']).toBe('application/octet-stream');
  });

  test.each([
    ['/../secret.txt', '/../secret.txt'],
    ['/%2e%2e/secret.txt', '/%2e%2e/secret.txt'],
    ['/..%2fsecret.txt', '/..%2fsecret.txt'],
    ['/lesson/../../secret.txt', '/lesson/../../secret.txt'],
    ['/..%5csecret.txt', '/..%5csecret.txt'],
    ['/lesson%2findex.html', '/lesson%2findex.html'],
    ['//../secret.txt', '//../secret.txt'],
    ['/digits.txt%00', '/digits.txt%00'],
    ['/digits.txt%00.html', '/digits.txt%00.html'],
    ['/.env', '/.env'],
    ['/%2eenv', '/%2eenv'],
    ['/digits.txt/', '/digits.txt/'],
    ['/%', '/%'],
    ['/%zz', '/%zz'],
    ['/%ff', '/%ff'],
    ['/%e2%80%ae', '/%e2%80%ae'],
    ['/lesson/..', '/lesson/..'],
    ['/_astro/', '/_astro/'],
    ['a name of 300 letters', `/${'x'.repeat(300)}`],
    ['3000 folders', `/${'x/'.repeat(3000)}`],
  ])('%s is not an address of the site and is answered 404', async (_, path) => {
    const { status, body, headers } = await get(path);
    expect(status).toBe(404);
    expect(String(body)).toMatch(/^There is no such address here\./);
    expect(headers['cache-control']).toBe('no-store');
  });

  test('the page for unknown addresses is not stored, ignores ranges and conditions, and is compressed if possible', async () => {
    await writeFile(join(site, '404.html.br'), 'not here, by brotli');
    const fields = {
      accept: 'text/html',
      range: 'bytes=0-0',
      'if-none-match': '*',
      'if-modified-since': 'Sat, 21 Nov 2093 04:00:00 GMT',
    };
    const plain = await get('/nowhere', fields);
    expect([plain.status, String(plain.body), plain.headers['cache-control']]).toEqual([404, 'not here', 'no-store']);
    expect(plain.headers['content-security-policy']).toContain("object-src 'none'");
    const compressed = await get('/nowhere', { ...fields, 'accept-encoding': 'br' });
    expect([compressed.status, compressed.headers['content-encoding'], String(compressed.body)]).toEqual([
      404,
      'br',
      'not here, by brotli',
    ]);
    const head = await get('/nowhere', { ...fields, method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([404, '8', 0]);
    const refusing = await get('/nowhere', { ...fields, 'accept-encoding': 'identity;q=0' });
    expect(refusing.status).toBe(404);
  });

  test('the 404 of a program is not stored either', async () => {
    const { status, headers } = await get('/_astro/gone.js');
    expect([status, headers['cache-control']]).toEqual([404, 'no-store']);
  });
});
