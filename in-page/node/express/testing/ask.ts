/** Asks an Express app of tests over a raw socket. */
import { parts, request, runNode } from '../../testing/node-programs.ts';
import type { Application } from '../application.ts';
import type { ExpressModule } from '../create-express.ts';

/** Files of which apps may serve some. */
const files = {
  'public/index.html': '<h1>Chat</h1>',
  'public/app.js': 'alert()',
  'public/sub/index.html': 'sub',
  'public/.secret': 'no',
  'data.json': '{}',
};

/** Runs an app, and returns the parts of its responses. Rejects with what nobody caught. */
export async function ask(build: (app: Application, express: ExpressModule) => void, ...requests: string[]) {
  const { responses, errors } = await runNode({
    parts: { files, env: { NODE_ENV: 'test' } },
    requests: requests.map((one) => (one.includes('HTTP/1.1') ? one : request(one))),
    server: ({ require }) => {
      const express = require('express') as ExpressModule;
      const app = express();
      build(app, express);
      app.listen(3000);
    },
  });
  if (errors.length > 0) throw errors[0];
  return responses.map(parts);
}

export const bodies = (responses: { body: string }[]): string[] => responses.map(({ body }) => body);
