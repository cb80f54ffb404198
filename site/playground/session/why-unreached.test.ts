import { afterEach, expect, test, vi } from 'vitest';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { Unreached } from './why-unreached.ts';

const base = 'ws://localhost:4321/s/k3jf9';
const tapAnswer = new Response('{"error":"This is a WebSocket address."}', { status: 426 });

/** Stubs the tap's address with one answer to requests with the reader's login and another to those without. */
function standing(withLogin: Response, without: Response): ReturnType<typeof vi.fn> {
  const asked = vi.fn((_: string, { credentials }: RequestInit) =>
    Promise.resolve((credentials === 'omit' ? without : withLogin).clone()),
  );
  vi.stubGlobal('fetch', asked);
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

test('names a login that the program cannot send, and what the owner of the server can do, once in a run', async () => {
  const asked = standing(tapAnswer, new Response('Log in.', { status: 401 }));
  const unreached = new Unreached(base);
  expect(await unreached.connection('A1')).toBe(
    'Your program does not reach the sandbox: a proxy in front of it asks for a login (401), and the browser sends no login for your program, which runs in a frame without an identity. Whoever runs the server can let addresses that begin with /s/ pass without a login: nobody can guess them.',
  );
  expect(asked.mock.calls.map(([address]) => String(address))).toEqual(Array(2).fill('http://localhost:4321/s/k3jf9/tap'));
  expect(await unreached.connection('A2')).toBeUndefined();
  expect(await unreached.request(() => [], 'A3', 0)).toBeUndefined();
  expect(asked).toHaveBeenCalledTimes(2);
});

test('names a redirect to a login page too', async () => {
  const elsewhere = { status: 0, type: 'opaqueredirect', clone: () => elsewhere } as unknown as Response;
  standing(tapAnswer, elsewhere);
  expect(await new Unreached(base).connection('A1')).toContain('redirects anyone who is not logged in');
});

test('reports a session that has ended in the sentence of the sandbox', async () => {
  standing(new Response('{"error":"There is no such session."}', { status: 404 }), tapAnswer);
  expect(await new Unreached(base).connection('A1')).toBe('The sandbox refused connection A1 (404): There is no such session.');
});

test('says nothing when nothing stands in the way, nobody answers, or somebody else answers', async () => {
  standing(tapAnswer, tapAnswer);
  expect(await new Unreached(base).connection('A1')).toBeUndefined();
  standing(new Response('<html>Bad gateway', { status: 502 }), tapAnswer);
  expect(await new Unreached(base).connection('A1')).toBeUndefined();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  expect(await new Unreached(base).connection('A1')).toBeUndefined();
});

test('does not ask the address about a request that the tap reported, which failed for another reason', async () => {
  const asked = standing(tapAnswer, new Response('', { status: 401 }));
  const started: TraceEvent = {
    time: 1,
    at: 'socket',
    connection: 'A1',
    exchange: 0,
    request: 0,
    name: 'exchange_started',
    method: 'GET',
    target: '/poll/x',
  };
  expect(await new Unreached(base).request(() => [started], 'A1', 0)).toBeUndefined();
  expect(asked).not.toHaveBeenCalled();
  expect(await new Unreached(base).request(() => [started], 'A1', 1)).toContain('asks for a login (401)');
});
