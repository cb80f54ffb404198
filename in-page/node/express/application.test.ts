import { expect, test } from 'vitest';
import type { HttpModule } from '../http/http.ts';
import type { IncomingMessage } from '../http/incoming-message.ts';
import type { ServerResponse } from '../http/server-response.ts';
import { parts, request, runNode } from '../testing/node-programs.ts';
import type { ExpressModule } from './create-express.ts';
import type { Handler } from './layer.ts';
import { ask } from './testing/ask.ts';

const say =
  (word: string): Handler =>
  (_req, res) =>
    res.send(word);

test('accepts and is choose among types, by what the client wants and by what the body is', async () => {
  const fields = { Accept: 'text/*;q=0.5, application/json', 'Content-Type': 'application/json; charset=utf-8' };
  const [response] = await ask(
    (app) =>
      app.post('/', (req, res) =>
        res.json([
          req.accepts('html', 'json'),
          req.accepts('png'),
          req.accepts(['text', 'html']),
          req.is('html', 'json'),
          req.is('text/*'),
        ]),
      ),
    request('POST /', fields, '{}'),
  );
  expect(JSON.parse(response?.body ?? '')).toEqual(['json', false, 'text', 'json', false]);
});

test('settings are read by get, and switched on and off', async () => {
  const [response] = await ask((app) => {
    app.set('title', 'Chat').disable('x-powered-by').enable('beta');
    app.get('/', (_req, res) => res.json([app.get('title'), app.get('none'), app.enabled('beta'), app.disabled('etag')]));
  }, 'GET /');
  expect([response?.body, response?.fields['x-powered-by']]).toEqual(['["Chat",null,true,false]', undefined]);
});

test('a router is also made with new, and cors lets pages of other origins in', async () => {
  const { responses } = await runNode({
    requests: [request('GET /a'), request('OPTIONS /a', { Origin: 'http://b', 'Access-Control-Request-Headers': 'x-a' })],
    server: ({ require }) => {
      const express = require('express') as ExpressModule;
      const Router = express.Router as unknown as new () => ReturnType<ExpressModule['Router']>;
      const app = express();
      app.use((require('cors') as () => Handler)(), new Router().get('/a', say('a')));
      app.listen(3000);
    },
  });
  const [got, asked] = responses.map(parts);
  expect(got).toMatchObject({ body: 'a', fields: { 'access-control-allow-origin': '*' } });
  expect(asked).toMatchObject({ status: 'HTTP/1.1 204 No Content', fields: { 'access-control-allow-headers': 'x-a' } });
});

test('an app answers below http.createServer, on a connection that is kept', async () => {
  const { responses } = await runNode({
    requests: [request('GET /1', { Connection: 'keep-alive' }) + request('GET /2')],
    server: ({ require }) => {
      const app = (require('express') as ExpressModule)();
      app.get('/:id', (req, res) => res.send(`<${String(req.params['id'])}>`));
      const listener = app as (req: IncomingMessage, res: ServerResponse) => void;
      (require('node:http') as HttpModule).createServer(listener).listen(3000);
    },
  });
  expect(responses[0]?.match(/<.>/g)).toEqual(['<1>', '<2>']);
});

test('listen tells its callback of a port in use, as Express 5 does', async () => {
  const heard: unknown[] = [];
  await runNode({
    server: ({ require }) => {
      const express = require('express') as ExpressModule;
      express().listen(3000, (error?: Error & { code?: string }) => heard.push(error));
      express().listen(3000, (error?: Error & { code?: string }) => heard.push(error?.code));
    },
  });
  expect(heard).toEqual([undefined, 'EADDRINUSE']);
});
