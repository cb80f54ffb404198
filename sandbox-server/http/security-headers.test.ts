import { expect, test } from 'vitest';
import { frameFields } from './security-headers.ts';

const own = "default-src 'none'; script-src 'sha256-x='; connect-src http: https: ws: wss:; base-uri 'none'";
const connections = (host: string | undefined): string =>
  /connect-src ([^;]*)/.exec(frameFields(own, host)['Content-Security-Policy'] ?? '')?.[1] ?? '';

test.each([
  ['localhost:4321', "'self' http://localhost:4321 ws://localhost:4321"],
  ['192.168.1.7:8080', "'self' http://192.168.1.7:8080 ws://192.168.1.7:8080"],
  ['play.example', "'self' http://play.example ws://play.example"],
])('the frame of programs may connect only to the server that it came from, by its exact host and port: %s', (host, sources) => {
  expect(connections(host)).toBe(sources);
});

test.each(['[::1]:4321', 'x; script-src *', 'x y', 'x,y', '*', 'x:y', '', undefined])(
  'a host that is invalid or cannot stand in a policy adds nothing to it: %s',
  (host) => {
    expect(connections(host)).toBe("'self'");
  },
);
