/** Our server and the peers we compare it with. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Dialect, plain } from './broadcast.ts';
import { hasBun } from './child.ts';
import type { Member } from './member.ts';

/** A server that can be measured. */
export interface Peer {
  name: string;
  file: string;
  dialect: Dialect;
}

const file = (name: string): string => fileURLToPath(new URL(`../peers/${name}`, import.meta.url));
const hasSocketIo = existsSync(new URL('../node_modules/socket.io', import.meta.url));

export const ours: Peer = { name: 'Duplex Playground', file: file('sandbox.ts'), dialect: plain('/broadcast/bench') };
export const wsLoop: Peer = { name: 'plain ws loop', file: file('ws-loop.ts'), dialect: plain('/') };

/** Resolves once Socket.IO has let the member into its namespace. */
const joinSocketIo = (member: Member): Promise<void> =>
  new Promise((resolve) => {
    const look = (chunk: Buffer): void => {
      if (!chunk.includes('40{')) return;
      member.socket.off('data', look);
      resolve();
    };
    member.socket.on('data', look);
    member.send('40');
  });

/** The peers that `npm install` in bench/ has installed. */
export const installed: readonly Peer[] = [
  ...(hasBun ? [{ name: 'Bun publish', file: file('bun-publish.js'), dialect: plain('/') }] : []),
  ...(hasSocketIo
    ? [
        {
          name: 'Socket.IO',
          file: file('socket-io.js'),
          dialect: {
            target: '/socket.io/?EIO=4&transport=websocket',
            join: joinSocketIo,
            wrap: (text: string) => `42["m","${text}"]`,
          },
        },
      ]
    : []),
];
