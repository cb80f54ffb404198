/** What surrounds a client's program in a run in the page: a page's globals, on the run's network, clock and chance. */
import { createWebSocket } from '../../../../in-page/browser/create-web-socket.ts';
import { createEventSource } from '../../../../in-page/browser/event-source/create-event-source.ts';
import { createFetch } from '../../../../in-page/browser/fetch/create-fetch.ts';
import { leadToServer, leadToStock } from '../../../../in-page/browser/lead.ts';
import type { WebSocketParts } from '../../../../in-page/browser/parts.ts';
import { createXmlHttpRequest } from '../../../../in-page/browser/xml-http-request/create-xml-http-request.ts';
import type { Chance } from '../../../../in-page/program/chance.ts';
import type { Surroundings } from '../../../../in-page/program/program.ts';
import { linkInAddress } from '../../../../in-page/stock-server/link-in-address.ts';
import { cut } from '../../message-limits.ts';
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

export function setUpClientScope({ surroundings, chances, tellOnce }: ScopeParts, isOnStock: boolean): void {
  const scope = globalThis;
  const { clock, listening } = surroundings;
  const base = `http://localhost:${listening[0] ?? usualPort}/`;
  const onElsewhere = (address: string, led: string): void => tellOnce('elsewhere', elsewhereWords(address, led, isOnStock));
  const lead = isOnStock ? leadToStock(base, onElsewhere) : leadToServer(base, listening, onElsewhere);
  // The query of a reader's own server is its own.
  const linkOf = isOnStock ? linkInAddress : undefined;
  const parts: WebSocketParts = { ...surroundings, random: chances.libraries.bytes, base, lead, linkOf };
  refuseOtherWays(scope, tellOnce);
  refuseToMake(scope, 'Worker', noWorker);
  putOnRun(scope, surroundings, chances.own);
  putTimersOnClock(scope, clock);
  replaceGlobals(scope, {
    WebSocket: createWebSocket(parts),
    EventSource: createEventSource(parts),
    XMLHttpRequest: createXmlHttpRequest(parts),
    ...createFetch(parts),
  });
  provideWebCrypto(scope);
  nameWindow(scope);
  nameLocation(scope, base);
}

function elsewhereWords(address: string, led: string, isOnStock: boolean): string {
  const reached = isOnStock ? 'the sandbox in this page' : 'the server of this run';
  const { host, pathname } = new URL(led);
  const where = isOnStock ? `${cut(pathname, 200)} of the sandbox` : `${cut(host + pathname, 200)}`;
  return `Programs here can reach only ${reached}: ${cut(address, 200)} was opened as ${where}.`;
}
