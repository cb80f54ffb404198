/** All cases, and how many of them the library in the page takes as the real one does. */
import type { WsCase } from '../running/world.ts';
import { closing } from './closing.ts';
import { control } from './control.ts';
import { fragments } from './fragments.ts';
import { httpBeside } from './http-beside.ts';
import { listeners } from './listeners.ts';
import { messages } from './messages.ts';
import { opening } from './opening.ts';
import { protocolErrors } from './protocol-errors.ts';
import { sending } from './sending.ts';
import { servers } from './servers.ts';
import { subprotocols } from './subprotocols.ts';
import { upgrades } from './upgrades.ts';

export const suites: Readonly<Record<string, readonly WsCase[]>> = {
  messages,
  fragments,
  control,
  sending,
  closing,
  'protocol errors': protocolErrors,
  subprotocols,
  upgrades,
  'http beside': httpBeside,
  servers,
  opening,
  listeners,
};

/** How the library in the page compares with the real one, held by `cases.test.ts`. */
export interface Agreement {
  agree: number;
  differ: number;
  /** Each difference, and why it is there. */
  differences: { name: string; why: string }[];
}

export function agreement(): Agreement {
  const all = Object.values(suites).flat();
  const differences = all.flatMap(({ name, differs }) => (differs === undefined ? [] : [{ name, why: differs }]));
  return { agree: all.length - differences.length, differ: differences.length, differences };
}
