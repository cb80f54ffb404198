import { namedModules } from '../tokens/sequence.ts';
import type { Token } from '../tokens/tokens.ts';

/** Modules that are part of Node, which `node:module` lists as `builtinModules`; a test compares them. */
const ofNode = new Set(
  (
    'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http ' +
    'http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder sys ' +
    'timers tls trace_events tty url util v8 vm wasi worker_threads zlib'
  ).split(' '),
);

const isAddress = (name: string): boolean => /^[a-z][a-z\d+.-]*:/i.test(name);

/** Returns the packages of npm that a program imports or requires, sorted, each once. */
export function packagesOf(tokens: readonly Token[]): string[] {
  const packages = [...namedModules(tokens)]
    .filter((name) => name !== '' && !/^[./#]/.test(name) && !isAddress(name))
    .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
  return [...new Set(packages)].filter((name) => !ofNode.has(name)).sort();
}

/** Tells whether a program names any module that a page opened from a file cannot load: all but those at an address. */
export const needsModules = (tokens: readonly Token[]): boolean =>
  [...namedModules(tokens)].some((name) => !/^(https?|data):/i.test(name));
