/** What the playground says about programs before it runs them. */
import { recognise, type Recognised } from '../../../in-page/load/recognise.ts';
import { recognisedWords } from '../../../in-page/load/recognised-words.ts';
import type { Remark } from '../run/program.ts';
import { hashFor } from '../share-address.ts';
import { clientForServer } from './client-for-server.ts';

/** Texts of the editor. One that is undefined is not looked at. */
export interface Texts {
  client: string | undefined;
  server?: string | undefined;
  /** True if the playground has a file for a server. */
  hasServerFile: boolean;
}

/** A server stands where the client should be, and can be moved. */
export interface MoveOffer {
  /** The hash that opens the server and a client for it in the empty playground; undefined if this playground has a server's file. */
  hash: string | undefined;
}

export interface Recognition {
  remarks: readonly Remark[];
  offer: MoveOffer | undefined;
}

/** Kinds of which some parts may run, so that the run says the rest. */
const mayRun = new Set<Recognised>(['socket.io', 'jsx', 'typescript-namespace', 'bun-server', 'deno-server']);

/** Returns what the texts are if they are not what they should be. */
export function recognition({ client, server, hasServerFile }: Texts): Recognition {
  const clientIs = client === undefined ? 'client' : recognise(client);
  const serverIs = server === undefined ? 'server' : recognise(server);
  const remarks: Remark[] = [];
  if (clientIs === 'server') remarks.push({ level: 'note', text: serverWords(hasServerFile), isFinal: true });
  else if (clientIs !== 'client') remarks.push(remarkOn(clientIs));
  // A server made in a way of its own passes for a client.
  if (serverIs !== 'server' && serverIs !== 'client') {
    const remark = remarkOn(serverIs);
    remarks.push({ ...remark, text: `server.ts: ${remark.text}` });
  }
  if (client === undefined || clientIs !== 'server') return { remarks, offer: undefined };
  return { remarks, offer: { hash: hasServerFile ? undefined : hashFor(clientForServer(client), client) } };
}

function remarkOn(kind: Exclude<Recognised, 'client' | 'server'>): Remark {
  const { is, instead } = recognisedWords[kind];
  const isFinal = !mayRun.has(kind);
  return { level: isFinal ? 'error' : 'note', text: `${is} ${instead}`, isFinal };
}

function serverWords(hasServerFile: boolean): string {
  const { is, instead } = recognisedWords.server;
  return `${is} ${hasServerFile ? instead : 'The empty playground has a file for it, server.ts. It runs there, and clients connect to it.'}`;
}
