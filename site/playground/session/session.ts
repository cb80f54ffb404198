/** A session of the sandbox server, and its tap: what the server saw of this playground's traffic. */
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import { holdsEvents, type SessionAnswer, type TapToPage, type TapToSandbox } from '../../../protocol/messages/tap-messages.ts';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { ClockKeeper } from '../clocks/clock-keeper.ts';
import { EventIntake } from '../run/event-intake.ts';
import { pageClock, pageClockGrain } from '../clocks/page-clock.ts';
import { NoSandboxError, SandboxError, unreachable } from './sandbox-error.ts';
import { ServerClock } from '../clocks/server-clock.ts';

/** How long the sandbox may take, ms, before the reader is told that it does not answer. */
const patience = 2500;

/** The close code of the sandbox when it has no room (RFC 6455 §7.4.1 leads to its registry at IANA). */
const tryAgainLater = 1013;

/** What a session reports to its playground. */
export interface SessionListener {
  /** Times are on the server's clock. */
  onEvents(events: TraceEvent[]): void;
  /** The tap ended though nobody closed it, so no more events will come. `reason` is what the server said, if anything. */
  onLost(reason: string | undefined): void;
}

/** An open session. */
export interface Session {
  /** Base of the addresses of the session's traffic, such as `ws://localhost:4321/s/k3jf9`. */
  base: string;
  clock: ServerClock;
  /** Asks the server for its time now, even if that is not due. */
  realign(): void;
  /** False once the tap has ended. */
  isOpen(): boolean;
  /** Resolves once the sandbox has taken the conditions. Whatever departs after that is under them. */
  setConditions(conditions: Partial<LinkConditions>): Promise<void>;
  /** Reports what has arrived, then nothing more. */
  close(): void;
}

/**
 * Opens a session and its tap. Rejects within 3 s with a SandboxError if the sandbox does not answer or refuses, and with a
 * NoSandboxError if there is none.
 */
export async function openSession(origin: string, conditions: LinkConditions, listener: SessionListener): Promise<Session> {
  const answer = await createSession(origin, conditions);
  const socketOrigin = origin.replace(/^http/, 'ws');
  const tap = new WebSocket(socketOrigin + answer.tap);
  let closing = false;
  const intake = new EventIntake((text: string) => {
    if (closing) return;
    const message = JSON.parse(text) as TapToPage;
    if (message.type === 'events') listener.onEvents(message.events);
  });
  const clock = new ServerClock(pageClockGrain());
  const keeper = await keepClock(clock, tap, origin, intake);
  tap.addEventListener('close', ({ code, reason }) => {
    keeper.stop();
    if (closing) return;
    intake.flush();
    listener.onLost(code === tryAgainLater && reason !== '' ? reason : undefined);
  });
  return {
    base: `${socketOrigin}/s/${answer.session}`,
    clock,
    realign: () => keeper.ask(),
    isOpen: () => tap.readyState === WebSocket.OPEN,
    setConditions(changed) {
      tell(tap, { type: 'conditions', conditions: changed });
      return answerTo(tap, 'conditions');
    },
    close() {
      intake.flush();
      closing = true;
      keeper.stop();
      tap.close(1000);
    },
  };
}

async function createSession(origin: string, conditions: LinkConditions): Promise<SessionAnswer> {
  const query = new URLSearchParams(Object.entries(conditions).map(([name, value]) => [name, String(value)]));
  let response: Response;
  let content: string;
  try {
    response = await fetch(`${origin}/sessions?${query.toString()}`, { method: 'POST', signal: AbortSignal.timeout(patience) });
    content = await response.text(); // its patience may run out here, too
  } catch {
    throw new SandboxError(unreachable(origin));
  }
  if (isFromFileServer(response, content)) throw new NoSandboxError();
  if (!response.ok) throw new SandboxError(`The sandbox server refused a session (${response.status}): ${content.trim()}`);
  return JSON.parse(content) as SessionAnswer;
}

/**
 * Returns true for the answer of a server that has files alone. It takes no POST (RFC 9110 §15.5.5, §15.5.6 and §15.6.2), or answers
 * whatever it is asked with a page. A gateway's page about a sandbox that is away comes with another status.
 */
const isFromFileServer = ({ status, ok }: Response, content: string): boolean =>
  [404, 405, 501].includes(status) || (ok && content.trimStart().startsWith('<'));

const tell = (tap: WebSocket, message: TapToSandbox): void => tap.send(JSON.stringify(message));

/** Resolves with the tap's next message of that type, or when the tap has ended. */
function answerTo(tap: WebSocket, type: TapToPage['type']): Promise<void> {
  return new Promise((resolve) => {
    const listen = ({ data }: MessageEvent<string>): void => {
      if (!holdsEvents(data) && (JSON.parse(data) as TapToPage).type === type) done();
    };
    const done = (): void => {
      tap.removeEventListener('message', listen);
      resolve();
    };
    tap.addEventListener('message', listen);
    tap.addEventListener('close', done, { once: true });
  });
}

/**
 * Waits for the tap's first word, then aligns the clock over it and keeps it aligned. The tap's events go to `intake`. If the
 * sandbox answers slowly, the alignment is as good as time allows.
 */
async function keepClock(clock: ServerClock, tap: WebSocket, origin: string, intake: EventIntake<string>): Promise<ClockKeeper> {
  const keeper = new ClockKeeper(clock, {
    now: pageClock,
    later(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    ask: (sentAt) => tell(tap, { type: 'clock', sentAt }),
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (): void => {
      clearTimeout(timer);
      tap.close();
      reject(new SandboxError(unreachable(origin)));
    };
    const done = (): void => {
      clearTimeout(timer);
      tap.removeEventListener('close', fail);
      resolve();
    };
    const timer = setTimeout(() => (keeper.exchanges > 0 ? done() : fail()), patience);
    tap.addEventListener('close', fail, { once: true });
    tap.addEventListener('message', ({ data }: MessageEvent<string>) => {
      if (holdsEvents(data)) return intake.add(data);
      const message = JSON.parse(data) as TapToPage;
      if (message.type === 'events') intake.add(data);
      else if (message.type === 'clock') keeper.answered(message);
      else if (message.type === 'ready') void keeper.align().then(done);
    });
  });
  return keeper;
}
