/** What the reader is told about an import that leads nowhere. */
import { cut } from '../../message-limits.ts';

const libraries: Record<string, string> = {
  ws: 'WebSocket is there without an import: delete the line, and write new WebSocket(address). A server that uses ws goes into server.ts.',
  'isomorphic-ws': 'WebSocket is there without an import: delete the line, and write new WebSocket(address).',
  websocket: 'WebSocket is there without an import: delete the line, and write new WebSocket(address).',
  'reconnecting-websocket': 'Use WebSocket, and connect again in its close event.',
  'socket.io-client':
    'Socket.IO has a protocol of its own on top of WebSocket. Delete the line, and write new WebSocket(address).',
  'node-fetch': 'fetch is there without an import: delete the line.',
  axios: 'Delete the line, and ask with fetch.',
  eventsource: 'EventSource is there without an import: delete the line.',
  react: 'Keep the lines that use the WebSocket, and print what comes with console.log.',
};

const ofNode =
  /^(?:node:|(?:assert|buffer|child_process|cluster|crypto|dns|events|fs|http2?|https|net|os|path|perf_hooks|process|readline|stream|timers|tls|url|util|worker_threads|zlib)(?:\/|$))/;

/** Returns a message for the error of an import from `specifier`. */
export function importWords(specifier: string): string {
  const name = cut(specifier, 100);
  if (/^\.{0,2}\//.test(specifier)) return `There is no file ${name}: a client is one file. Put the code of that file into it.`;
  if (/^[a-z][a-z\d+.-]*:/i.test(specifier) && !specifier.startsWith('node:'))
    return `${name} cannot be loaded: a program here reaches nothing but the sandbox. Put the code that you need into the program.`;
  if (ofNode.test(specifier))
    return `${name} belongs to Node, and a client here has what a browser has. Delete the line. A program for Node goes into server.ts.`;
  const instead = Object.hasOwn(libraries, specifier) ? libraries[specifier] : undefined;
  return `There is no package ${name}: a client here has what a browser has. ${instead ?? 'Put the code that you need into the program.'}`;
}
