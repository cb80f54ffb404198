import { expect, test } from 'vitest';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { exchange, told } from '../testing/over-http.ts';

const types = ['readystatechange', 'loadstart', 'progress', 'load', 'error', 'abort', 'timeout', 'loadend'];

/** Writes down each event, with the state in which it finds the request, and how far that is. */
function listen(request: XMLHttpRequest, log: string[], now: () => number): XMLHttpRequest {
  for (const type of types) {
    request.addEventListener(type, (event) => {
      const { loaded, total } = event as ProgressEvent;
      const far = type === 'readystatechange' ? [] : [`${loaded}/${total}`];
      log.push([now(), type, request.readyState, ...far].join(' '));
    });
    const { upload } = request;
    upload.addEventListener(type, (event) => log.push(`${now()} upload ${type} ${(event as ProgressEvent).loaded}`));
  }
  return request;
}

test('a request goes through its states, with its events in their order, and is in the trace as one of fetch', async () => {
  const { log, trace } = await exchange(
    (_, res, { clock }) => {
      res.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 6, 'X-Is': 'there' });
      res.write('one');
      clock.set(() => res.end('two'), 80, false);
    },
    ({ XMLHttpRequest, log, clock }) => {
      const request = listen(new XMLHttpRequest(), log, () => clock.present);
      request.open('get', 'data');
      request.onload = () => {
        log.push(`${request.status} ${request.statusText} ${request.responseText} ${request.responseURL}`);
        log.push(request.getResponseHeader('X-IS') ?? '', String(request.getResponseHeader('x-not')));
        log.push(
          request
            .getAllResponseHeaders()
            .split('\r\n')
            .filter((line) => /^(content|x)-/.test(line))
            .join(', '),
        );
      };
      request.send();
    },
    { latency: 10 },
  );
  expect(log).toEqual([
    '0 readystatechange 1',
    '0 loadstart 1 0/0',
    '20 readystatechange 2',
    '20 readystatechange 3',
    '20 progress 3 3/6',
    '100 readystatechange 3',
    '100 progress 3 6/6',
    '100 progress 3 6/6',
    '100 readystatechange 4',
    '100 load 4 6/6',
    '200 OK onetwo http://localhost:8080/lessons/data',
    'there',
    'null',
    'content-length: 6, content-type: text/plain, x-is: there',
    '100 loadend 4 6/6',
  ]);
  expect(told(trace).filter((line) => line.includes('client'))).toEqual([
    '0 client A1 exchange_started',
    '20 client A1 response_received part 0',
    '100 client A1 chunk_read chunk 0',
    '100 client A1 exchange_ended',
  ]);
  expect(exchangesOf(trace)).toMatchObject([{ method: 'GET', target: 'data', complete: true, client: { api: 'fetch' } }]);
});

test('sends a body with its type and the fields of the program, and tells of the upload', async () => {
  const got: unknown[] = [];
  const { log } = await exchange(
    (req, res) => {
      got.push(req.method, req.headers['content-type'], req.headers['x-mine'], req.headers['origin']);
      req.on('data', (chunk: Uint8Array) => got.push(new TextDecoder().decode(chunk)));
      req.on('end', () => res.end());
    },
    ({ XMLHttpRequest, log, clock }) => {
      const request = listen(new XMLHttpRequest(), log, () => clock.present);
      request.open('POST', '/');
      request.setRequestHeader('X-Mine', '1');
      request.setRequestHeader('X-Mine', '2');
      request.setRequestHeader('Origin', 'http://elsewhere');
      request.send(new URLSearchParams({ a: 'b' }));
    },
    { latency: 10 },
  );
  expect(got).toEqual(['POST', 'application/x-www-form-urlencoded;charset=UTF-8', '1, 2', 'http://localhost:8080', 'a=b']);
  expect(log.filter((line) => line.includes('upload'))).toEqual([
    '0 upload loadstart 0',
    '0 upload progress 3',
    '0 upload load 3',
    '0 upload loadend 3',
  ]);
});

test('gives the response as the type that the program wants', async () => {
  const { log } = await exchange(
    (_, res) => void res.setHeader('Content-Type', 'text/plain; charset=latin1').end(Uint8Array.of(0x22, 0xe9, 0x22)),
    async ({ XMLHttpRequest, log }) => {
      const ask = (type: XMLHttpRequestResponseType, override?: string): Promise<XMLHttpRequest> =>
        new Promise((resolve) => {
          const request = new XMLHttpRequest();
          request.open('GET', '/');
          request.responseType = type;
          if (override !== undefined) request.overrideMimeType(override);
          request.onloadend = () => resolve(request);
          request.send();
        });
      log.push(String((await ask('')).response), (await ask('text', 'text/plain; charset=iso-8859-7')).responseText);
      const buffer = await ask('arraybuffer');
      log.push(String((buffer.response as ArrayBuffer).byteLength), String(buffer.response === buffer.response));
      expect(() => buffer.responseText).toThrow("only accessible if the object's 'responseType' is '' or 'text'");
      log.push(((await ask('blob')).response as Blob).type, String((await ask('json')).response));
    },
  );
  expect(log).toEqual(['"é"', '"ι"', '3', 'true', 'text/plain; charset=latin1', '"\uFFFD"'.slice(1, -1)]);
});

test('ends with error, timeout or abort, each followed by loadend', async () => {
  const { log, trace } = await exchange(
    (_, res) => void res.writeHead(200).write('begun'),
    ({ XMLHttpRequest, log, clock }) => {
      const begin = (name: string, url: string, timeout = 0): XMLHttpRequest => {
        const request = new XMLHttpRequest();
        for (const type of ['error', 'timeout', 'abort', 'load', 'loadend']) {
          request.addEventListener(type, () =>
            log.push(`${clock.present} ${name} ${type} ${request.readyState} ${request.status}`),
          );
        }
        request.open('GET', url);
        request.timeout = timeout;
        request.send();
        return request;
      };
      begin('refused', 'http://localhost:7070/');
      begin('late', '/', 30);
      const given = begin('given up', '/');
      clock.set(
        () => {
          given.abort();
          log.push(`${given.readyState}`);
        },
        40,
        false,
      );
    },
    { latency: 10 },
  );
  expect(log).toEqual([
    '0 refused error 4 0',
    '0 refused loadend 4 0',
    '30 late timeout 4 0',
    '30 late loadend 4 0',
    '40 given up abort 4 0',
    '40 given up loadend 4 0',
    '0',
  ]);
  expect(exchangesOf(trace).map(({ client }) => client?.outcome)).toEqual(['failed', 'aborted', 'aborted']);
});

test('refuses, in words, what cannot be done: to wait, to send twice, and what is no request', async () => {
  await exchange(
    (_, res) => void res.end(),
    ({ XMLHttpRequest }) => {
      const request = new XMLHttpRequest();
      const failing = (name: string, words: string): unknown =>
        expect.objectContaining({ name, message: expect.stringContaining(words) });
      expect(() => request.send()).toThrow(failing('InvalidStateError', 'state must be OPENED'));
      expect(() => request.open('GET', '/', false)).toThrow(failing('NotSupportedError', 'Leave async true, or use fetch.'));
      expect(() => request.open('G T', '/')).toThrow(failing('SyntaxError', "'G T' is not a valid HTTP method"));
      expect(() => request.open('TRACE', '/')).toThrow(failing('SecurityError', 'unsupported'));
      expect(() => request.open('GET', 'http://')).toThrow(failing('SyntaxError', 'Invalid URL'));
      request.open('GET', '/');
      expect(() => request.setRequestHeader('a b', 'x')).toThrow(failing('SyntaxError', 'not a valid HTTP header field'));
      request.send();
      expect(() => request.send()).toThrow(failing('InvalidStateError', 'state must be OPENED'));
      expect([XMLHttpRequest.DONE, request.OPENED, String(request), request.onload]).toEqual([
        4,
        1,
        '[object XMLHttpRequest]',
        null,
      ]);
    },
  );
});
