import { describe, expect, test } from 'vitest';
import { request } from '../testing/node-programs.ts';
import { ask, bodies } from './testing/ask.ts';
import type { Application } from './application.ts';
import type { ErrorHandler, Handler } from './layer.ts';

const say =
  (word: string): Handler =>
  (_req, res) =>
    res.send(word);

describe('routes', () => {
  test('each method has its own, HEAD is answered as GET without a body, and all answers what is left', async () => {
    const responses = await ask(
      (app) => {
        app.get('/a', say('got')).post('/a', say('posted')).put('/a', say('put')).delete('/a', say('deleted'));
        app.all('/b', (req, res) => res.send(req.method));
      },
      ...['GET /a', 'POST /a', 'PUT /a', 'DELETE /a', 'HEAD /a', 'PATCH /b'],
    );
    expect(bodies(responses)).toEqual(['got', 'posted', 'put', 'deleted', '', 'PATCH']);
    expect(responses[4]?.fields['content-length']).toBe('3');
  });

  test('OPTIONS names the methods of a path', async () => {
    const [response] = await ask((app) => app.get('/a', say('a')).post('/a', say('b')), 'OPTIONS /a');
    expect([response?.fields['allow'], response?.body]).toEqual(['GET, HEAD, POST', 'GET, HEAD, POST']);
  });

  test('parameters, query, path and fields are read from the request', async () => {
    const [response] = await ask(
      (app) =>
        app.get('/rooms/:room', (req, res) => {
          const { params, query, path, originalUrl, hostname } = req;
          res.json({ params, query, path, originalUrl, hostname, agent: req.get('User-Agent') });
        }),
      request('GET /rooms/a%20b?x=1&y=2&y=3', { 'User-Agent': 'raw' }),
    );
    expect(JSON.parse(response?.body ?? '')).toEqual({
      params: { room: 'a b' },
      query: { x: '1', y: ['2', '3'] },
      path: '/rooms/a%20b',
      originalUrl: '/rooms/a%20b?x=1&y=2&y=3',
      hostname: 'localhost',
      agent: 'raw',
    });
  });

  test('handlers run in turns, in lists too, and "route" leaves out the rest of a route', async () => {
    const log: string[] = [];
    const note =
      (word: string): Handler =>
      (_req, _res, next) => {
        log.push(word);
        next();
      };
    const [response] = await ask((app) => {
      app.use(note('first'));
      app.get('/', [note('a'), [note('b')]], (_req, _res, next) => next('route'), note('left out'));
      app.get('/', say('second route'));
    }, 'GET /');
    expect([log, response?.body]).toEqual([['first', 'a', 'b'], 'second route']);
  });

  test('a router takes its path off the address, and gives it back', async () => {
    const responses = await ask(
      (app, express) => {
        const router = express.Router();
        router.get('/:id', (req, res, next) =>
          req.params['id'] === '0' ? next() : res.json([req.baseUrl, req.url, req.params]),
        );
        const merging = express.Router({ mergeParams: true });
        merging.get('/', (req, res) => res.json(req.params));
        app.use('/api/users', router);
        app.use('/of/:who', merging);
        app.use((req, res) => res.send(`left: ${req.url}`));
      },
      ...['GET /api/users/7?x=1', 'GET /api/users/0', 'GET /of/ada'],
    );
    expect(bodies(responses)).toEqual(['["/api/users","/7?x=1",{"id":"7"}]', 'left: /api/users/0', '{"who":"ada"}']);
  });

  test('an app can be mounted in another', async () => {
    const responses = await ask(
      (app, express) => {
        const admin = express();
        admin.set('name', 'admin').get('/', (req, res) => res.send(`${String(req.app.get('name'))} at ${req.baseUrl}`));
        app.set('name', 'main').use('/admin', admin);
        app.get('/admin/x', (req, res) => res.send(String(req.app.get('name'))));
      },
      ...['GET /admin', 'GET /admin/x'],
    );
    expect(bodies(responses)).toEqual(['admin at /admin', 'main']);
  });
});

describe('what no handler answers', () => {
  const page = (text: string): string =>
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n' +
    `<pre>${text}</pre>\n</body>\n</html>\n`;

  test('is 404 with Express’s page', async () => {
    const [response] = await ask((app) => app.get('/', say('here')), 'POST /<there>?x');
    expect(response).toMatchObject({ status: 'HTTP/1.1 404 Not Found', body: page('Cannot POST /&lt;there&gt;') });
    expect(response?.fields).toMatchObject({
      'x-powered-by': 'Express',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'content-type': 'text/html; charset=utf-8',
    });
  });

  test('is 500 where a handler throws, rejects or passes an error on, or the status of the error', async () => {
    const responses = await ask(
      (app) => {
        app.get('/throws', () => {
          throw new Error('boom');
        });
        app.get('/rejects', async () => Promise.reject(new TypeError('later')));
        app.get('/passes', (_req, _res, next) => next(Object.assign(new Error('no'), { status: 403 })));
      },
      ...['GET /throws', 'GET /rejects', 'GET /passes'],
    );
    expect(responses.map(({ status }) => status.slice(9))).toEqual([
      '500 Internal Server Error',
      '500 Internal Server Error',
      '403 Forbidden',
    ]);
    expect(bodies(responses)).toEqual([page('Error: boom'), page('TypeError: later'), page('Error: no')]);
  });

  test('goes to a handler with four arguments, past those with three', async () => {
    const [response] = await ask((app) => {
      app.get('/', () => {
        throw new Error('boom');
      });
      app.use((_req, res) => res.send('not this one'));
      const onError: ErrorHandler = (error, _req, res, _next) => res.status(418).json({ error: (error as Error).message });
      app.use(onError as unknown as Handler);
    }, 'GET /');
    expect(response).toMatchObject({ status: "HTTP/1.1 418 I'm a Teapot", body: '{"error":"boom"}' });
  });
});

describe('responses', () => {
  test('send chooses the type by the body, with length and entity tag', async () => {
    const responses = await ask(
      (app) => {
        app.get('/text', say('grüße'));
        app.get('/bytes', (_req, res) => res.send(new Uint8Array([104, 105])));
        app.get('/object', (_req, res) => res.send({ a: 1 }));
        app.get('/number', (_req, res) => res.send(7));
        app.get('/nothing', (_req, res) => res.send());
        app.get('/plain', (_req, res) => res.type('txt').send('plain'));
      },
      ...['GET /text', 'GET /bytes', 'GET /object', 'GET /number', 'GET /nothing', 'GET /plain'],
    );
    expect(responses.map(({ fields, body }) => [fields['content-type'], fields['content-length'], body])).toEqual([
      ['text/html; charset=utf-8', '7', 'grüße'],
      ['application/octet-stream', '2', 'hi'],
      ['application/json; charset=utf-8', '7', '{"a":1}'],
      ['application/json; charset=utf-8', '1', '7'],
      [undefined, '0', ''],
      ['text/plain; charset=utf-8', '5', 'plain'],
    ]);
    // What the package `etag` gives for the empty text is in its documentation.
    const [empty] = await ask((app) => app.get('/', say('')), 'GET /');
    expect(empty?.fields['etag']).toBe('W/"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk"');
  });

  test('a client that has the response already gets 304', async () => {
    const fields = { 'If-None-Match': 'W/"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk"' };
    const [response] = await ask((app) => app.get('/', say('')), request('GET /', fields));
    expect(response).toMatchObject({ status: 'HTTP/1.1 304 Not Modified', body: '' });
    expect(response?.fields['content-length']).toBeUndefined();
  });

  test('status, sendStatus, set, cookie and end do what they say', async () => {
    const responses = await ask(
      (app) => {
        app.get('/status', (_req, res) => res.status(201).set({ 'X-A': '1', 'X-B': '2' }).end('made'));
        app.get('/send', (_req, res) => res.sendStatus(404));
        app.get('/cookie', (_req, res) => res.cookie('name', 'a b', { httpOnly: true, maxAge: 60_000 }).end());
      },
      ...['GET /status', 'GET /send', 'GET /cookie'],
    );
    expect(responses[0]).toMatchObject({ status: 'HTTP/1.1 201 Created', body: 'made', fields: { 'x-a': '1', 'x-b': '2' } });
    expect(responses[1]).toMatchObject({ body: 'Not Found', fields: { 'content-type': 'text/plain; charset=utf-8' } });
    const cookie = 'name=a%20b; Max-Age=60; Path=/; Expires=Thu, 01 Jan 1970 00:01:00 GMT; HttpOnly';
    expect(responses[2]?.fields['set-cookie']).toBe(cookie);
  });

  test('redirect is 302 unless told otherwise, in words that the client accepts', async () => {
    const build = (app: Application): void => {
      app.get('/a', (_req, res) => res.redirect('/b c'));
      app.get('/p', (_req, res) => res.redirect(301, '/b'));
    };
    const [plain, html] = await ask(build, 'GET /a', request('GET /p', { Accept: 'text/html' }));
    expect(plain).toMatchObject({ status: 'HTTP/1.1 302 Found', body: 'Found. Redirecting to /b%20c' });
    expect(plain?.fields).toMatchObject({ location: '/b%20c', vary: 'Accept', 'content-type': 'text/plain; charset=utf-8' });
    expect(html).toMatchObject({ status: 'HTTP/1.1 301 Moved Permanently', fields: { location: '/b' } });
    expect(html?.body).toContain('<p>Moved Permanently. Redirecting to /b</p>');
  });

  test('a status that is none, and what is not there, are errors in words', async () => {
    const responses = await ask(
      (app) => {
        app.get('/a', (_req, res) => res.status(99).end());
        app.get('/b', (_req, res) => (res as unknown as { render: (view: string) => void }).render('index'));
      },
      ...['GET /a', 'GET /b'],
    );
    expect(responses[0]?.body).toContain(
      'RangeError: Invalid status code: 99. Status code must be greater than 99 and less than 1000.',
    );
    expect(responses[1]?.body).toContain('res.render is not there in the page: there are no templates.');
  });
});
