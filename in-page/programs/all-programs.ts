/** All programs, and how many of them print in the page what they print on Node. */
import { binary } from './binary/binary.ts';
import { broadcast } from './chat/broadcast.ts';
import { latecomers } from './chat/latecomers.ts';
import { rooms } from './chat/rooms.ts';
import { games } from './clients/games.ts';
import { printing } from './clients/printing.ts';
import { reconnecting } from './clients/reconnecting.ts';
import { wrappers } from './clients/wrappers.ts';
import { echo } from './first-steps/echo.ts';
import { lifetimes } from './first-steps/lifetimes.ts';
import { messages } from './first-steps/messages.ts';
import { besideHttp } from './http/beside-http.ts';
import { eventStreams } from './http/event-streams.ts';
import { expressApps } from './http/express-apps.ts';
import { longPolling } from './http/long-polling.ts';
import { authentication } from './identity/authentication.ts';
import { subprotocols } from './identity/subprotocols.ts';
import { tokens } from './identity/tokens.ts';
import { endings } from './liveness/endings.ts';
import { heartbeats } from './liveness/heartbeats.ts';
import { surviving } from './liveness/surviving.ts';
import { delivery } from './requests/delivery.ts';
import { requests } from './requests/requests.ts';
import type { TutorialProgram } from './running/program.ts';

export const themes: Readonly<Record<string, readonly TutorialProgram[]>> = {
  'first steps': [...echo, ...messages, ...lifetimes],
  binary,
  chat: [...broadcast, ...rooms, ...latecomers],
  liveness: [...heartbeats, ...endings, ...surviving],
  http: [...besideHttp, ...longPolling, ...eventStreams, ...expressApps],
  identity: [...authentication, ...tokens, ...subprotocols],
  requests: [...requests, ...delivery],
  clients: [...wrappers, ...reconnecting, ...games, ...printing],
};

export const allPrograms: readonly TutorialProgram[] = Object.values(themes).flat();

/** False for a program whose transcript was written by hand. */
export const isRecorded = ({ byHand }: TutorialProgram): boolean => byHand === undefined;

/** How the in-page network compares with Node, held by `programs.test.ts`. */
export interface Agreement {
  /** Programs that print what they print on Node. */
  agree: number;
  /** Programs that print what a standard says, which Node cannot run. */
  byHand: number;
  differences: { name: string; why: string }[];
}

export function agreement(): Agreement {
  const recorded = allPrograms.filter(isRecorded);
  const differences = recorded.flatMap(({ name, differs }) => (differs ? [{ name, why: differs.why }] : []));
  return { agree: recorded.length - differences.length, byHand: allPrograms.length - recorded.length, differences };
}
