/**
 * A server in front of the server under test that changes what it answers, for what an engine's driver cannot do: to listen in every page
 * from its first moment on, and to put a fault into a script that is served. WebSockets and everything else pass as they are.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, request as ask } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { pipeline } from 'node:stream';

/** What may be changed of an answer: its text, or whether there is one. */
export type Alter = (path: string, type: string, text: string) => string | undefined;

/** A proxy that runs. */
export interface AlteringProxy {
  origin: string;
  /** Sets what is changed from now on; `undefined` for an answer that is to be missing (404). */
  alter(change: Alter): void;
  close(): Promise<void>;
}

/** The script that comes first in each page: it keeps what a page complains of where a test can read it. */
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

/** Starts a proxy before `target`, such as `http://localhost:4321`. */
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
        // Where the one is cut off, so is the other.
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
        // What the document says of itself is enough; the server's header says the same of the document as it was.
        if (policy !== undefined) delete kept['content-security-policy'];
        // What is changed from one test to the next must not be kept by the browser.
        response.writeHead(answer.statusCode ?? 502, { ...kept, 'content-length': body.length, 'cache-control': 'no-store' });
        response.end(body);
      };
      // Where the one is cut off, so is the other.
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
      // Those that were upgraded too, which the server itself forgets.
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** The frame in which programs run has a policy of its own, and nobody looks into it. */
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
