import { describe, expect, test } from 'vitest';
import { exchange, type Serve } from '../testing/over-http.ts';

test('asks as a browser does', async () => {
  const heads: string[] = [];
  await exchange(
    (req, res) => {
      heads.push(...req.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${req.rawHeaders[i + 1]}`] : [])));
      res.end();
    },
    async ({ fetch }) => void (await fetch('x', { method: 'POST', body: 'hi', headers: { 'X-Mine': '1', Host: 'elsewhere' } })),
  );
  expect(heads).toEqual([
    'Host: localhost:8080',
    'Connection: keep-alive',
    'Content-Length: 2',
    'User-Agent: Mozilla/5.0 (Duplex Playground; in this page)',
    'Content-Type: text/plain;charset=UTF-8',
    'X-Mine: 1',
    'Accept: */*',
    'Origin: http://localhost:8080',
    'Sec-Fetch-Site: same-origin',
    'Sec-Fetch-Mode: cors',
    'Sec-Fetch-Dest: empty',
    'Accept-Language: en',
  ]);
});

describe('sends a body that is', () => {
  const form = new FormData();
  form.append('a "b"', 'one\ntwo');
  const withFile = new FormData();
  withFile.append('file', new File(['bytes'], 'f.txt', { type: 'text/plain' }));
  const boundary = '----WebKitFormBoundaryABCDEFGHIJKLMNOP';
  test.each<[string, () => BodyInit, type: string | undefined, body: string]>([
    ['a string', () => 'ü', 'text/plain;charset=UTF-8', 'ü'],
    ['URLSearchParams', () => new URLSearchParams({ a: 'b c' }), 'application/x-www-form-urlencoded;charset=UTF-8', 'a=b+c'],
    ['an ArrayBuffer', () => new TextEncoder().encode('bytes').buffer, undefined, 'bytes'],
    ['a view', () => new TextEncoder().encode('bytes').subarray(1, 3), undefined, 'yt'],
    ['a Blob', () => new Blob(['blob'], { type: 'text/x-mine' }), 'text/x-mine', 'blob'],
    ['a stream', () => new Blob(['streamed']).stream(), undefined, 'streamed'],
    [
      'a form',
      () => form,
      `multipart/form-data; boundary=${boundary}`,
      `--${boundary}\r\nContent-Disposition: form-data; name="a %22b%22"\r\n\r\none\r\ntwo\r\n--${boundary}--\r\n`,
    ],
    [
      'a form with a file',
      () => withFile,
      `multipart/form-data; boundary=${boundary}`,
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="f.txt"\r\nContent-Type: text/plain\r\n\r\nbytes\r\n--${boundary}--\r\n`,
    ],
  ])('%s, as itself and in a Request', async (_, make, type, body) => {
    const got: unknown[] = [];
    const serve: Serve = (req, res) => {
      let text = '';
      req.on('data', (chunk: Uint8Array) => (text += new TextDecoder().decode(chunk)));
      req.on('end', () => {
        got.push([req.headers['content-type'], text]);
        res.end();
      });
    };
    const init = (): RequestInit => ({ method: 'PUT', body: make(), duplex: 'half' }) as RequestInit;
    await exchange(serve, async ({ fetch }) => void (await fetch('/', init())));
    await exchange(serve, async ({ fetch, Request }) => {
      const request = new Request('/', init());
      await fetch(request);
      expect(request.bodyUsed).toBe(true);
    });
    expect(got).toEqual([
      [type, body],
      [type, body],
    ]);
  });
});

test('requests go out in the order of the calls, though the first has a Blob to read', async () => {
  const got: unknown[] = [];
  await exchange(
    (req, res) => {
      got.push(req.url);
      res.end();
    },
    ({ fetch }) => {
      void fetch('/first', { method: 'POST', body: new Blob(['x'.repeat(1000)]) });
      void fetch('/second');
    },
  );
  expect(got).toEqual(['/first', '/second']);
});
