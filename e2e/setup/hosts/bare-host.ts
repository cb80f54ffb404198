/** Serves the site as a static host would: without the header fields that protect its pages. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** Such a host, on its own port. */
export interface BareHost extends AsyncDisposable {
  origin: string;
}

const protecting = /^(content-security-policy|cross-origin-|permissions-policy|origin-agent-cluster|referrer-policy|x-)/;

/** Starts a host that passes requests and upgrades on to `origin`. */
export async function startBareHost(origin: string): Promise<BareHost> {
  const { hostname, port } = new URL(origin);
  const server = createServer((asked, answer) => {
    const passedOn = request({ hostname, port, path: asked.url, method: asked.method, headers: asked.headers }, (response) => {
      const headers = Object.entries(response.headers).filter(([name]) => !protecting.test(name));
      answer.writeHead(response.statusCode ?? 500, Object.fromEntries(headers));
      response.pipe(answer);
    });
    passedOn.on('error', () => answer.destroy());
    answer.on('close', () => passedOn.destroy());
    asked.pipe(passedOn);
  });
  server.on('upgrade', ({ method, url, rawHeaders }, socket, head) => {
    const onward = connect(Number(port), hostname);
    const fields = rawHeaders.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`));
    onward.write(`${method ?? 'GET'} ${url ?? '/'} HTTP/1.1\r\n${fields.join('')}\r\n`);
    onward.write(head);
    onward.pipe(socket).pipe(onward);
    for (const end of [onward, socket]) end.on('error', () => [onward, socket].forEach((one) => one.destroy()));
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
