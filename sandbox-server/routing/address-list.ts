/** The addresses of the sandbox, with a sentence about each. */
import type { Endpoint } from '../endpoints/endpoint.ts';
import type { HttpEndpoint } from '../endpoints/http-endpoint.ts';
import type { AddressDescription } from '../monitoring/description.ts';
import { behaviours } from '../websocket/behaviour.ts';

/** A plain HTTP address. */
export interface HttpAddress {
  method: 'GET' | 'POST';
  path: string;
  summary: string;
}

export const httpAddresses = [
  {
    method: 'POST',
    path: '/sessions',
    summary: 'starts a session: its traffic is recorded for its tap; link conditions in the query',
  },
  { method: 'GET', path: '/sandbox', summary: 'this list and the limits in force: JSON, or a page for a browser' },
  { method: 'GET', path: '/metrics', summary: 'figures for Prometheus' },
  { method: 'GET', path: '/healthz', summary: 'answers 200 while the process runs' },
  { method: 'GET', path: '/readyz', summary: 'answers 200 while the server takes connections, 503 while it closes down' },
] as const satisfies readonly HttpAddress[];

/** A plain HTTP address that `serving/plain-answers.ts` has an answer for. */
export type KnownHttpAddress = (typeof httpAddresses)[number];

const sessionAddresses = [
  ['WS', '/s/:session/<address>', 'any of the addresses above, with http too, within a session'],
  ['WS', '/s/:session.:connection/<address>', 'the same, with a name for the connection: 1 to 16 letters and digits'],
  ['GET', '/s/:session.:connection.:request/<address>', 'the same by HTTP, with a number for the request, from 0'],
  ['WS', '/s/:session/tap', 'tells what happens in the session'],
] as const;

/** Returns every address with a sentence about it, the endpoints first. */
export function describeAddresses(endpoints: readonly Endpoint[], httpEndpoints: readonly HttpEndpoint[]): AddressDescription[] {
  return [
    ...endpoints.map((endpoint) => described('WS', endpoint)),
    ...httpEndpoints.map((endpoint) => described(endpoint.method, endpoint)),
    ...sessionAddresses.map(([method, path, summary]) => ({ method, path, summary, pages: 'own or ticket' as const })),
    ...httpAddresses.map((address) => ({ ...address, pages: 'own' as const })),
  ];
}

/** Returns the same list as text, one address per line, for people and programs that went astray. */
export function writeAddresses(rows: readonly AddressDescription[]): string {
  const width = Math.max(...rows.map(({ path }) => path.length));
  const lines = rows.map(({ method, path, summary }) => `  ${method.padEnd(4)}  ${path.padEnd(width)}  ${summary}`);
  const link =
    'Link conditions on any WebSocket address or channel: ?latency=250&jitter=50&bandwidth=64000&duplex=simplex|half|full&loss=5&cut=3000&silent=3000&seed=7';
  return `The addresses of this sandbox:\n${lines.join('\n')}\n${link} (ms, ms, bit/s, one way; percent; ms after the opening).
A channel or room whose name begins with ~, within a session, is that session's own.
On any WebSocket address too: ${behaviours.map(({ name, summary }) => `?${name}=: ${summary}`).join('; ')}.`;
}

const described = (method: AddressDescription['method'], endpoint: Endpoint | HttpEndpoint): AddressDescription => ({
  method,
  path: endpoint.usage,
  summary: endpoint.summary,
  pages: pagesOf(endpoint),
});

/** Returns the pages that may use an endpoint. */
export const pagesOf = ({ isForAnyPage }: Pick<Endpoint, 'isForAnyPage'>): 'any' | 'own' => (isForAnyPage ? 'any' : 'own');
