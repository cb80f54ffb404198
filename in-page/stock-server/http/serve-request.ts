import type { IncomingMessage } from '../../node/http/incoming-message.ts';
import type { ServerResponse } from '../../node/http/server-response.ts';
import type { Holder } from '../../../sandbox-server/endpoints/shares.ts';
import { Buffer } from '../../node/buffer.ts';
import { limits, tooLong } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import type { Routes } from '../routes.ts';
import { StockExchange } from './stock-exchange.ts';

/** What serves requests. */
export interface RequestParts {
  routes: Routes;
  holder: Holder;
  /** Counts the request; returns the refusal if it is one too many. */
  count: () => Refusal | undefined;
  /** Called for an exchange that begins; what it returns is called when that is over. */
  began: () => () => void;
  onFault: (error: unknown) => void;
}

const isWebSocketAddress = new Refusal(426, 'This is a WebSocket address: connect with ws:// or wss://.', {
  Upgrade: 'websocket',
});
/** Serves a request that asks for no upgrade: an exchange with an HTTP endpoint, or a refusal. */
export function serveRequest(request: IncomingMessage, response: ServerResponse, parts: RequestParts): void {
  const { routes, holder, count, began, onFault } = parts;
  const exchange = new StockExchange(request, response, holder, onFault);
  const tooMany = count();
  exchange.onClose(began());
  // The page that asks may read the answer; another page's request is not of this run.
  const origin = exchange.header('origin');
  if (origin !== undefined) response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Vary', 'Origin');
  readBody(request, (read) =>
    refusing(exchange, () => {
      if (tooMany) throw tooMany;
      const route = routes.find(request.url);
      if (route.kind === 'webSocket') throw isWebSocketAddress;
      if (request.method === 'OPTIONS') exchange.allow(route.method);
      else if (read instanceof Refusal) throw read;
      else if (request.method !== route.method) {
        throw new Refusal(405, `This address takes ${route.method}.`, { Allow: route.method });
      } else {
        exchange.body = read;
        exchange.guarded(route.serve)(exchange);
      }
    }),
  );
}

function refusing(exchange: StockExchange, serve: () => void): void {
  try {
    serve();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    exchange.refuse(error.status, error.message, error.headers);
  }
}

/** Reads the body to its end, as text; or says why it is refused. */
function readBody(request: IncomingMessage, done: (read: string | Refusal) => void): void {
  const chunks: Uint8Array[] = [];
  request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    if (body.length > limits.maxMessageBytes) done(new Refusal(413, tooLong.reason, { Connection: 'close' }));
    else done(textOf(body));
  });
}

function textOf(body: Uint8Array): string | Refusal {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return new Refusal(400, 'The body has to be text in valid UTF-8.');
  }
}
