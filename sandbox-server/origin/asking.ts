/** Asks a server as a page of any origin would, for the tests: with a Host and an Origin that `fetch` would not let us set. */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { handshakeRequest, RawClient } from '../conformance/raw-client.ts';

/** The parts of an answer that tell a page whether it is allowed. */
export interface Asked {
  status: number;
  allowOrigin: string | undefined;
  vary: string | undefined;
  /** Empty if the answer is a stream that goes on. */
  text: string;
}

type Fields = Readonly<Record<string, string | undefined>>;

/** Asks by HTTP. Waits only for the head of a stream. */
export async function ask(port: number, method: string, path: string, fields: Fields): Promise<Asked> {
  const headers = Object.fromEntries(
    Object.entries({ host: `localhost:${port}`, ...fields }).filter(([, value]) => value !== undefined),
  );
  return await new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', method, path, headers: headers as Record<string, string>, agent: false });
    asking.on('error', reject);
    asking.on('response', (response) => {
      const { statusCode = 0, headers: answered } = response;
      const head = { status: statusCode, allowOrigin: answered['access-control-allow-origin'], vary: answered.vary };
      if (!answered['content-type']?.startsWith('text/event-stream'))
        return void text(response).then((body) => resolve({ ...head, text: body }), reject);
      asking.destroy();
      resolve({ ...head, text: '' });
    });
    asking.end();
  });
}

/** Returns the status that answers an opening handshake. */
export async function upgrade(port: number, path: string, fields: Fields): Promise<number> {
  const client = await RawClient.open(port);
  await client.send([Buffer.from(handshakeRequest(path, { Host: `localhost:${port}`, ...fields }))], 'whole');
  await client.until(() => client.head !== undefined, 20_000);
  client.destroy();
  return client.status;
}
