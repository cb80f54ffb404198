import { describe, expect, test } from 'vitest';
import { request } from '../testing/node-programs.ts';
import type { Application } from './application.ts';
import type { ExpressModule } from './create-express.ts';
import type { Handler } from './layer.ts';
import { ask, bodies } from './testing/ask.ts';

describe('bodies', () => {
  const post = (type: string, body: string): string => request('POST /', { 'Content-Type': type }, body);
  const echo: Handler = (req, res) => res.json({ body: req.body });

  test('JSON and forms are read by their types; req.body is undefined without a parser, a body or its type', async () => {
    const responses = await ask(
      (app, express) =>
        app.use(express.json(), express.urlencoded()).post('/', (req, res) => res.send(JSON.stringify([req.body]))),
      ...[
        post('application/json', '{"a":[1]}'),
        post('application/json; charset=utf-8', ''),
        post('application/x-www-form-urlencoded', 'a=1&b=x+y&a=2'),
        post('text/plain', 'text'),
        'POST /',
      ],
    );
    expect(bodies(responses)).toEqual(['[{"a":[1]}]', '[null]', '[{"a":["1","2"],"b":"x y"}]', '[null]', '[null]']);
  });

  test('brackets in the names of a form make objects and lists where that is asked for', async () => {
    const [response] = await ask(
      (app, express) => app.use(express.urlencoded({ extended: true })).post('/', echo),
      post('application/x-www-form-urlencoded', 'user[name]=Ada&list[]=1&list[]=2&__proto__[x]=1'),
    );
    expect(response?.body).toBe('{"body":{"user":{"name":"Ada"},"list":["1","2"]}}');
  });

  test('a body that is no JSON is 400, and one beyond the limit 413', async () => {
    const responses = await ask(
      (app, express) => app.use(express.json({ limit: 10 })).post('/', echo),
      ...[post('application/json', '{"a":'), post('application/json', '"text"'), post('application/json', '[1,2,3,4,5,6]')],
    );
    expect(responses.map(({ status }) => status.slice(9, 12))).toEqual(['400', '400', '413']);
    expect(responses[2]?.body).toContain('PayloadTooLargeError: request entity too large');
  });
});

describe('the reader’s own files', () => {
  const serve = (app: Application, express: ExpressModule): void => {
    app.use(express.static('public'));
    app.get('/sent', (_req, res) => res.sendFile('/app/data.json'));
    app.get('/lost', (_req, res) => res.sendFile('lost.html', { root: '/app/public' }));
  };

  test('are served by their paths and types, and a folder by its index', async () => {
    const responses = await ask(serve, 'GET /', 'GET /app.js', 'GET /sub/', 'HEAD /app.js', 'GET /sent');
    expect(responses.map(({ fields, body }) => [fields['content-type'], body])).toEqual([
      ['text/html; charset=utf-8', '<h1>Chat</h1>'],
      ['text/javascript; charset=utf-8', 'alert()'],
      ['text/html; charset=utf-8', 'sub'],
      ['text/javascript; charset=utf-8', ''],
      ['application/json; charset=utf-8', '{}'],
    ]);
    expect(responses[0]?.fields['cache-control']).toBe('public, max-age=0');
  });

  test('are 404 where there are none, begin with a dot or lie outside; a folder without its slash is 301', async () => {
    const requests = [
      'GET /none',
      'GET /.secret',
      'GET /../data.json',
      'GET /%2e%2e/data.json',
      'POST /app.js',
      'GET /lost',
      'GET /sub',
    ];
    const responses = await ask(serve, ...requests);
    expect(responses.map(({ status }) => status.slice(9, 12))).toEqual([...Array<string>(6).fill('404'), '301']);
    expect(responses[5]?.body).toContain('NotFoundError: Not Found');
    expect(responses[6]?.fields['location']).toBe('/sub/');
  });
});
