import { hasSequence, namedModules } from '../tokens/sequence.ts';
import type { Token } from '../tokens/tokens.ts';

/** Modules of Node, and packages, whose `createServer` makes a server. */
const withCreateServer = ['http', 'https', 'http2', 'net', 'tls', 'nodejs-websocket', 'restify'];
/** Packages whose applications listen. */
const withListen = [
  'express',
  'express-ws',
  'fastify',
  'koa',
  'koa-websocket',
  'polka',
  '@hapi/hapi',
  '@nestjs/core',
  'uWebSockets.js',
  'uwebsockets.js',
];
const serverClass = /^(Server|WebSocketServer)$/;

/** Returns which kind of server a program is, if it is one. */
export function serverIn(tokens: readonly Token[]): 'server' | 'bun-server' | 'deno-server' | 'socket.io' | undefined {
  const modules = new Set([...namedModules(tokens)].map((name) => name.replace(/^node:/, '')));
  const has = (...texts: (string | RegExp)[]): boolean => hasSequence(tokens, ...texts);
  if ([...modules].some((name) => /(^|[/.])socket\.io(-client)?(\b|$)/.test(name)) || usesGlobalIo(has)) return 'socket.io';
  if (has('Bun', '.', 'serve', /^[(<]$/)) return 'bun-server';
  if (has('Deno', '.', /^(serve|upgradeWebSocket|listen)$/, '(')) return 'deno-server';
  if ([...modules].some((name) => name.startsWith('https://deno.land/')) && has('serve', '(')) return 'deno-server';
  const isServer = isWsServer(modules, has) || isHttpServer(modules, has);
  return isServer || (withListen.some((name) => modules.has(name)) && has('.', 'listen', '(')) ? 'server' : undefined;
}

type Has = (...texts: (string | RegExp)[]) => boolean;

/** `ws`, or a part of a program that leaves its import out. */
function isWsServer(modules: ReadonlySet<string>, has: Has): boolean {
  if (has(/^(class|function)$/, 'WebSocketServer')) return false;
  if (has('new', 'WebSocketServer', '(') || has('new', 'WebSocket', '.', 'Server', '(')) return true;
  return modules.has('ws') && (has('.', serverClass) || has(/^[{,]$/, serverClass));
}

function isHttpServer(modules: ReadonlySet<string>, has: Has): boolean {
  if (withCreateServer.some((name) => modules.has(name)) && has(/^(createServer|createSecureServer)$/, '(')) return true;
  return has(/^https?$/, '.', 'createServer', '(') && !has(/^(const|let|var)$/, /^https?$/, '=', '{');
}

/** Socket.IO's page script makes `io` global: nothing declares it, and its sockets emit. */
function usesGlobalIo(has: Has): boolean {
  const isDeclared = has(/^(const|let|var|function|class|import)$/, 'io') || has(/^[(,{]$/, 'io', /^[),}=:]$/) || has('io', '=>');
  return has(/^[=;(]$/, 'io', '(') && has('.', 'emit', '(') && has('.', 'on', '(') && !isDeclared;
}
