/**
 * A proxy in front of the server under test that changes its answers, to do what an engine's driver cannot: listen in every page
 * from its first moment, and put a fault into a served script. WebSockets and everything else pass unchanged.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, request as ask } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { pipeline } from 'node:stream';

/** Returns the new text of an answer, or `undefined` to drop the answer. */
export type Alter = (path: string, type: string, text: string) => string | undefined;

/** A running proxy. */
export interface AlteringProxy {
  origin: string;
  /** Sets how answers change from now on; `undefined` turns an answer into a 404. */
  alter(change: Alter): void;
  close(): Promise<void>;
}

/** Runs first in each page, and keeps the page's complaints where a test can read them. */
const recorder = `(() => {
  const seen = (globalThis.complaints = []);
  for (const level of ['error', 'warn']) {
    const native = console[level];
    console[level] = (...words) => { seen.push(level + ': ' + words.map(String).join(' ')); native.apply(console, words); };
  }
  addEventListener('error', (event) => {
    const { target } = event;
    seen.push(target instanceof Element ? 'not loaded: ' + (target.src || target.href) : 'error: ' + event.message);
  }, true);
  addEventListener('unhandledrejection', ({ reason }) => seen.push('rejected: ' + reason));
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    seen.push('policy: ' + violatedDirective + ' ' + blockedURI));
})();`;

const recorderHash = `'sha256-${createHash('sha256').update(recorder).digest('base64')}'`;

/** Starts a proxy in front of `target`, such as `http://localhost:4321`. */
export async function startAlteringProxy(target: string): Promise<AlteringProxy> {
  const { hostname, port } = new URL(target);
  let change: Alter = (_path, _type, text) => text;
  const server = createServer((request, response) => {
    const { 'accept-encoding': _, 'if-none-match': __, 'if-modified-since': ___, ...headers } = request.headers;
    const onward = ask({ host: hostname, port, method: request.method, path: request.url, headers }, (answer) => {
      const type = answer.headers['content-type'] ?? '';
      const isText = /^text\/(html|javascript)|^application\/javascript/.test(type);
      if (!isText) {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        // If the server's answer is cut off, cut ours off too.
        pipeline(answer, response, () => undefined);
        return;
      }
      const send = (text: string): void => {
        const altered = change(request.url ?? '/', type, text);
        if (altered === undefined) return void response.writeHead(404).end();
        const listening = type.startsWith('text/html') && isDocumentOfPage(request) ? withRecorder(altered) : altered;
        const body = Buffer.from(listening);
        const { 'content-length': ____, etag: _____, ...kept } = answer.headers;
        const policy = kept['content-security-policy'];
        // The document's own policy is enough; the one in the header fits only the unchanged document.
        if (policy !== undefined) delete kept['content-security-policy'];
        // The browser must not cache what changes from test to test.
        response.writeHead(answer.statusCode ?? 502, { ...kept, 'content-length': body.length, 'cache-control': 'no-store' });
        response.end(body);
      };
      // If the server's answer is cut off, cut ours off too.
      textOf(answer).then(send, () => response.destroy());
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => {
    const onward = connect(Number(port), hostname, () => {
      onward.write(headOf(request));
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.on('close', () => onward.destroy());
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    alter: (next) => void (change = next),
    async close() {
      server.close();
      // Destroy upgraded sockets too, which the server itself forgets.
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** Returns false for the frame that runs programs: it has its own policy, and nobody looks into it. */
const isDocumentOfPage = ({ headers }: IncomingMessage): boolean => headers['sec-fetch-dest'] !== 'iframe';

const withRecorder = (html: string): string =>
  html
    .replace(/<head>|<head .*?>/, (head) => `${head}<script>${recorder}</script>`)
    .replace(/content="([^"]*script-src[^"]*)"/, (_, policy: string) => `content="${withHash(policy)}"`);

const withHash = (policy: string): string => policy.replace(/(script-src(?:-elem)?) /g, `$1 ${recorderHash} `);

const headOf = ({ method = '', url = '', rawHeaders }: IncomingMessage): string => {
  const fields = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1] ?? ''}\r\n`] : []));
  return `${method} ${url} HTTP/1.1\r\n${fields.join('')}\r\n`;
};

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
