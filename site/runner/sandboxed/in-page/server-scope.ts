/** What surrounds a server's program in a run in the page: Node's globals and modules, on the run's network, clock and chance. */
import { createWebSocket } from '../../../../in-page/browser/create-web-socket.ts';
import { nodeGlobals } from '../../../../in-page/node/globals/node-globals.ts';
import type { ModuleParts } from '../../../../in-page/node/module-parts.ts';
import { createNodeModules } from '../../../../in-page/node/modules/create-node-modules.ts';
import { requireFrom } from '../../../../in-page/node/modules/require-from.ts';
import type { Process } from '../../../../in-page/node/process/process.ts';
import type { ProgramError } from '../../../../protocol/messages/runner-messages.ts';
import type { ScopeParts } from './client-scope.ts';
import { replaceGlobals } from './replace-globals.ts';
import { epoch, keepTime } from './run-globals.ts';
import type { ServerModules } from './server-file.ts';

export interface ServerScope {
  parts: ModuleParts;
  modules: ServerModules;
  /** Hands the program what it did not catch. Returns false if it does not listen for that: then it ends, as in Node. */
  takesUncaught(kind: ProgramError['kind'], thrown: unknown): boolean;
}

/** Globals of a Worker that Node lacks: a program that asks for them finds that it is in Node. */
const notInNode = [
  'self',
  'location',
  'origin',
  'name',
  'importScripts',
  'postMessage',
  'onmessage',
  'onmessageerror',
  'close',
  'XMLHttpRequest',
  'EventSource',
  'WebSocketStream',
  'WebTransport',
  'Worker',
  'SharedWorker',
  'BroadcastChannel',
  'indexedDB',
  'caches',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'FileReaderSync',
  'WorkerGlobalScope',
  'DedicatedWorkerGlobalScope',
  'RTCPeerConnection',
];

export function setUpServerScope({ surroundings, chances, onWrite }: ScopeParts): ServerScope {
  const scope = globalThis;
  const { network, clock, activity, exit } = surroundings;
  const parts: ModuleParts = {
    network,
    clock,
    random: chances.libraries.bytes,
    hold: (work) => activity.hold(work),
    epoch,
    onExit: exit,
    onWrite,
  };
  const modules = createNodeModules(parts);
  const base = 'http://localhost/';
  keepTime(scope, surroundings);
  replaceGlobals(scope, {
    ...nodeGlobals(parts, modules),
    global: scope,
    WebSocket: createWebSocket({ ...surroundings, random: chances.libraries.bytes, base }),
  });
  replaceGlobals(scope, Object.fromEntries(notInNode.map((name) => [name, undefined])));
  const process = modules.get('process') as Process;
  return {
    parts,
    modules: { require: requireFrom(modules) },
    takesUncaught: (kind, thrown) =>
      (kind === 'rejected' && process.emit('unhandledRejection', thrown)) ||
      process.emit('uncaughtException', thrown, kind === 'rejected' ? 'unhandledRejection' : 'uncaughtException'),
  };
}
