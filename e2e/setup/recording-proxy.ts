/** An independent recorder: a plain TCP proxy that writes down every byte that crosses it, and knows nothing of WebSocket. */
import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';

/** What crossed one TCP connection. */
export interface RecordedConnection {
  fromClient: Buffer;
  fromServer: Buffer;
}

/** A running proxy. */
export interface RecordingProxy {
  /** Such as `http://localhost:40124`: what it gets there goes to the server. */
  origin: string;
  /** In the order in which they were opened. */
  connections: RecordedConnection[];
  stop(): Promise<void>;
}

/** Starts a proxy in front of the server at `target`. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const { hostname, port } = new URL(target);
  const connections: RecordedConnection[] = [];
  const server = createServer((client) => {
    const record: RecordedConnection = { fromClient: Buffer.alloc(0), fromServer: Buffer.alloc(0) };
    connections.push(record);
    const upstream = connect(Number(port), hostname);
    client.setNoDelay(true);
    upstream.setNoDelay(true);
    client.on('data', (chunk) => (record.fromClient = Buffer.concat([record.fromClient, chunk])));
    upstream.on('data', (chunk) => (record.fromServer = Buffer.concat([record.fromServer, chunk])));
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    connections,
    async stop() {
      server.close();
      server.unref();
      await Promise.resolve();
    },
  };
}
