import { describe, expect, test, vi } from 'vitest';
import { refusedByName, refuseOtherWays } from './refused.ts';

/** Returns a Worker's global object in which other ways to the network are refused. */
function scopeOf(made: Record<string, unknown> = {}) {
  const opened: unknown[] = [];
  const imported: unknown[] = [];
  class Request {
    open(...args: unknown[]): void {
      opened.push(args);
    }
  }
  const scope = {
    ...made,
    XMLHttpRequest: Request,
    importScripts: (...addresses: unknown[]) => void imported.push(...addresses),
  };
  const told = vi.fn();
  refuseOtherWays(scope as unknown as typeof globalThis, told);
  return { scope, opened, imported, told };
}

test('leaves what a browser has in place for programs to look for, and refuses it by name when constructed', () => {
  const Native = class WebTransport {
    draining = false;
  };
  const { scope } = scopeOf({ WebTransport: Native });
  const { WebTransport } = scope as unknown as { WebTransport: new (address: string) => object };
  expect('WebTransport' in scope).toBe(true);
  expect('WebSocketStream' in scope).toBe(false);
  expect(() => new WebTransport('https://example.com')).toThrow(/^WebTransport is a way to the network.*Use WebSocket\.$/);
  expect(Native.prototype.constructor).toBe(WebTransport);
});

test('opens a request to nowhere and tells the reader; after many, later requests throw at once', () => {
  const { scope, opened, told } = scopeOf();
  for (let i = 0; i < 50; i++) new scope.XMLHttpRequest().open('GET', '/poll/x', true);
  expect(new Set(opened.map((args) => (args as string[])[1]))).toEqual(new Set(['blob:null/refused']));
  expect(told).toHaveBeenCalledWith('XMLHttpRequest', expect.stringContaining('Ask with fetch'));
  expect(() => new scope.XMLHttpRequest().open('GET', '/poll/x')).toThrow('XMLHttpRequest is a way to the network');
});

test('lets scripts made of a Blob through, and no others', () => {
  const { scope, imported, told } = scopeOf();
  scope.importScripts('blob:null/1');
  expect(told).not.toHaveBeenCalled();
  scope.importScripts('blob:null/2', 'http://example.com/x.js');
  expect(imported).toEqual(['blob:null/1', 'blob:null/2', 'blob:null/refused']);
  expect(told).toHaveBeenCalledOnce();
});

describe('an error about a missing name', () => {
  test.each([
    [new ReferenceError('WebSocketStream is not defined'), 'WebSocketStream'],
    [new ReferenceError("Can't find variable: SharedWorker"), 'SharedWorker'],
    [new TypeError('navigator.sendBeacon is not a function'), 'sendBeacon'],
  ])('is explained: %s', (thrown, name) => {
    expect(refusedByName(thrown)).toMatch(new RegExp(`^${name} is a way to the network`));
  });

  test('is told apart from others', () => {
    for (const thrown of [new ReferenceError('x is not defined'), new Error('WebTransport'), 'WebTransport', undefined]) {
      expect(refusedByName(thrown)).toBeUndefined();
    }
  });
});
