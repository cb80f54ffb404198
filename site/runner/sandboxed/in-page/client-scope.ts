/** What surrounds a client's program in a run in the page: a page's globals, on the run's network, clock and chance. */
import { createWebSocket } from '../../../../in-page/browser/create-web-socket.ts';
import type { Chance } from '../../../../in-page/program/chance.ts';
import type { Surroundings } from '../../../../in-page/program/program.ts';
import { provideWebCrypto } from '../absent/web-crypto.ts';
import { nameWindow } from '../page-globals.ts';
import { refuseOtherWays, refuseToMake, type TellOnce } from '../traced/refused.ts';
import { nameLocation } from '../workers/worker-location.ts';
import { replaceGlobals } from './replace-globals.ts';
import { putOnRun } from './run-globals.ts';
import { putTimersOnClock } from './run-timers.ts';

export interface ScopeParts {
  surroundings: Surroundings;
  /** The program's own chance, and that of its libraries. */
  chances: { own: Chance; libraries: Chance };
  tellOnce: TellOnce;
  /** Takes what a program writes to its terminal without `console`. */
  onWrite: (stream: 'stdout' | 'stderr', text: string) => void;
}

/** The port that a page is thought to come from where no server listens. */
const usualPort = 8080;

const noWorker =
  'A program cannot start a Worker on the network in this page, whose clock would not wait for it. Choose "Live sandbox", where it can.';

export function setUpClientScope({ surroundings, chances, tellOnce }: ScopeParts): void {
  const scope = globalThis;
  const { clock, listening } = surroundings;
  const base = new URL(`http://localhost:${listening[0] ?? usualPort}/`).href;
  putOnRun(scope, surroundings, chances.own);
  putTimersOnClock(scope, clock);
  replaceGlobals(scope, { WebSocket: createWebSocket({ ...surroundings, random: chances.libraries.bytes, base }) });
  for (const name of ['EventSource']) refuseToMake(scope, name, notYet(name));
  refuseToMake(scope, 'Worker', noWorker);
  refuseOtherWays(scope, tellOnce);
  provideWebCrypto(scope);
  nameWindow(scope);
  nameLocation(scope, base);
}

const notYet = (name: string): string =>
  `${name} is not on the network in this page. Choose "Live sandbox" for a program that uses it.`;
