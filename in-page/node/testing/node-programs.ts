/** Runs a Node server of tests on the in-page network, and asks it over a raw socket. */
import { headLength } from '../../switch/http-head.ts';
import type { Surroundings } from '../../program/program.ts';
import { runPrograms } from '../../testing/run-for-tests.ts';
import { Buffer } from '../buffer.ts';
import { nodeGlobals } from '../globals/node-globals.ts';
import type { ModuleParts } from '../module-parts.ts';
import { createNodeModules, type NodeModules } from '../modules/create-node-modules.ts';
import { type Require, requireFrom } from '../modules/require-from.ts';
import { ProgramExit } from '../process/process.ts';
import { seededBytes } from './seeded-bytes.ts';

/** What a server's program has. */
export interface NodeWorld {
  require: Require;
  modules: NodeModules;
  globals: Record<string, unknown>;
  surroundings: Surroundings;
}

export interface NodeProgram {
  server: (world: NodeWorld) => void;
  /** Requests on connections of their own, each sent once that before it is answered. */
  requests?: string[];
  parts?: Partial<ModuleParts>;
}

/** Returns what came back for each request, what nobody caught, and what the program ended itself with. */
export async function runNode({ server, requests = [], parts = {} }: NodeProgram) {
  const responses: string[] = [];
  const exits: number[] = [];
  const ask = ({ network }: Surroundings): void => {
    const request = requests[responses.length];
    if (request === undefined) return;
    const socket = network.connect(3000);
    let received = Buffer.alloc(0);
    socket.onData = (bytes) => void (received = Buffer.concat([received, bytes]));
    socket.onEnd = () => socket.end();
    socket.onClose = () => {
      responses.push(received.toString());
      ask({ network } as Surroundings);
    };
    socket.write(Buffer.from(request));
  };
  const { errors, now } = await runPrograms({
    server: (surroundings) => server(worldOf(surroundings, parts, exits)),
    A: (surroundings) => ask(surroundings),
  });
  return { responses, exits, now, errors: errors.filter((error) => !(error instanceof ProgramExit)) };
}

/** Returns what a program of these parts has. */
export function worldOf(surroundings: Surroundings, more: Partial<ModuleParts> = {}, exits: number[] = []): NodeWorld {
  const { network, clock, activity } = surroundings;
  const parts: ModuleParts = {
    network,
    clock,
    random: seededBytes(1),
    hold: (work) => activity.hold(work),
    onExit: (code) => exits.push(code),
    ...more,
  };
  const modules = createNodeModules(parts);
  return { require: requireFrom(modules, more.files), modules, globals: nodeGlobals(parts, modules), surroundings };
}

/** Returns a request that closes its connection. */
export function request(startLine: string, fields: Record<string, string> = {}, body = ''): string {
  const length = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const all = Object.entries({ Host: 'localhost:3000', Connection: 'close', ...length, ...fields });
  return [`${startLine} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n');
}

/** Returns the parts of a response: its status line, its fields by their lower-case names, and its body. */
export function parts(response: string): { status: string; fields: Record<string, string>; body: string } {
  const length = headLength(Buffer.from(response));
  const [status = '', ...lines] = response.slice(0, length).trimEnd().split('\r\n');
  const fields = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]);
  return { status, fields: Object.fromEntries(fields) as Record<string, string>, body: response.slice(length) };
}

/** Returns what a program has that does nothing by itself. */
export async function idleWorld(files: Readonly<Record<string, string>> = {}): Promise<NodeWorld> {
  let made: NodeWorld | undefined;
  await runPrograms({ server: (surroundings) => void (made = worldOf(surroundings, { files })) });
  if (!made) throw new Error('The program did not start.');
  return made;
}

/** What Node's errors have. */
export interface Coded {
  code?: string;
  message: string;
}

/** Returns what a call throws. */
export function thrownBy(act: () => unknown): Coded {
  try {
    act();
  } catch (error) {
    return error as Coded;
  }
  throw new Error('Nothing was thrown.');
}
