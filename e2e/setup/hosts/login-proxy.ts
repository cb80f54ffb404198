/** A reverse proxy that asks for an HTTP Basic login (RFC 7617), as one in front of a school's server does. */
import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A running proxy. Stops with `await using`. */
export interface LoginProxy extends AsyncDisposable {
  origin: string;
  /** Requests that came without the login, as `GET /path`, in order. */
  turnedAway: string[];
}

/** Starts a proxy to the server at `origin`. `free`: paths that need no login. */
export async function startLoginProxy(
  origin: string,
  login: { username: string; password: string },
  free = /^$/,
): Promise<LoginProxy> {
  const { hostname, port } = new URL(origin);
  const expected = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  const turnedAway: string[] = [];
  const sockets = new Set<Socket>();
  const mayPass = ({ method = '', url = '', headers }: IncomingMessage): boolean => {
    if (headers.authorization === expected || free.test(url)) return true;
    turnedAway.push(`${method} ${url}`);
    return false;
  };
  const challenge = { 'WWW-Authenticate': 'Basic realm="School"', 'Content-Type': 'text/plain', 'Content-Length': '17' };
  const forwarded = ({ headers }: IncomingMessage) => ({ ...headers, 'x-auth-user': login.username });

  const server = createServer((asked, answer) => {
    if (!mayPass(asked)) return void answer.writeHead(401, challenge).end('Please log in.\n\n\n');
    const { method, url } = asked;
    const passed = request({ hostname, port, method, path: url, headers: forwarded(asked) }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  server.on('upgrade', (asked, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (!mayPass(asked)) {
      const fields = Object.entries(challenge).map(([name, value]) => `${name}: ${value}\r\n`);
      return void socket.end(`HTTP/1.1 401 Unauthorized\r\n${fields.join('')}Connection: close\r\n\r\nPlease log in.\n\n\n`);
    }
    const upstream = connect(Number(port), hostname, () => {
      const fields = Object.entries(forwarded(asked)).map(([name, value]) => `${name}: ${String(value)}\r\n`);
      upstream.write(`GET ${asked.url} HTTP/1.1\r\n${fields.join('')}\r\n`);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    turnedAway,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
