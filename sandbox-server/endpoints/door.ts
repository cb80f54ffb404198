import { takePlace } from './connection-place.ts';
import { ownOrigin, type Ticket, type Visitor, visitorsOfADoor } from './door-visitors.ts';
import type { Cancel, Endpoint } from './endpoint.ts';
import { parseShallow } from './shallow-json.ts';
import type { Shares } from './shares.ts';

/** A handshake as the door's server received it. */
export interface Knock {
  /** The request line, such as `GET /chat?ticket=… HTTP/1.1`. */
  request: string;
  /** Field names are in lower case. */
  headers: Readonly<Record<string, string>>;
}

/** What a door reports while its visitors come, one after the other. */
export interface DoorListener {
  /** `answer` lets the visitor in (true), or refuses it with 403. */
  knocked(index: number, knock: Knock, answer: (allow: boolean) => void): void;
  /** The visitor got this status: 101 or a refusal; 0 if it was not answered in time. */
  answered(index: number, status: number): void;
  ended(): void;
  /** The door cannot open, or cannot stay open; `reason` is a sentence of at most 123 bytes. */
  failed(reason: string): void;
}

/** Opens a door and sends the visitors. Returns a function that ends it. */
export type OpenDoor = (visitors: readonly Visitor[], listener: DoorListener) => Cancel;

/** A message to the program, as JSON text. */
export type FromDoor =
  /** The first message: the origin of your own page, and the tickets that were given out. */
  | { type: 'open'; origin: string; tickets: Ticket[] }
  /** Somebody knocks. Answer with `{"visitor":1,"allow":true}`, or false. */
  | ({ type: 'knock'; visitor: number } & Knock)
  /** What became of the visitor, and who it was. */
  | { type: 'answered'; visitor: number; status: number; who: string; good: boolean }
  /** Nobody else will come. */
  | { type: 'over' };

/**
 * `ws /door`: real clients knock at a server of their own, and the program on this connection decides whom to let in. Takes one
 * of the `places` until nobody else comes.
 */
export function createDoor(open: OpenDoor, word: () => string, places: Shares): Endpoint {
  return {
    path: '/door',
    usage: '/door',
    summary:
      'sends you the opening handshakes of good and hostile clients, one by one; answer each with {"visitor":1,"allow":true} or false',
    accept: () => (connection) => {
      const tell = (message: FromDoor): void => connection.send(JSON.stringify(message));
      const { tickets, visitors } = visitorsOfADoor(word);
      const waiting = new Map<number, (allow: boolean) => void>();
      connection.onMessage((data) => {
        const { visitor, allow } = readAnswer(data);
        const answer = waiting.get(visitor);
        if (!answer || allow === undefined)
          return connection.close(1008, 'A door takes {"visitor":1,"allow":true} or false, for the visitor that knocks.');
        waiting.delete(visitor);
        answer(allow);
      });
      let cancel: Cancel = () => undefined;
      const close = takePlace(connection, places, () => cancel());
      if (!close) return;
      tell({ type: 'open', origin: ownOrigin, tickets });
      cancel = open(visitors, {
        knocked: connection.guarded((index: number, knock: Knock, answer: (allow: boolean) => void) => {
          waiting.set(index + 1, answer);
          tell({ type: 'knock', visitor: index + 1, ...knock });
        }),
        answered: connection.guarded((index: number, status: number) => {
          // The visitor may have lost its patience, so that nobody waits for an answer any more.
          waiting.delete(index + 1);
          const { who = '', good = false } = visitors[index] ?? {};
          tell({ type: 'answered', visitor: index + 1, status, who, good });
        }),
        ended: connection.guarded(() => {
          tell({ type: 'over' });
          close();
        }),
        failed: connection.guarded((reason: string) => {
          close();
          connection.close(1013, reason);
        }),
      });
      connection.onClose(close);
    },
  };
}

function readAnswer(data: string | Uint8Array): { visitor: number; allow: boolean | undefined } {
  try {
    const json = parseShallow(typeof data === 'string' ? data : '') as { visitor?: unknown; allow?: unknown } | null;
    const { visitor, allow } = json ?? {};
    return { visitor: Number(visitor), allow: typeof allow === 'boolean' ? allow : undefined };
  } catch {
    return { visitor: NaN, allow: undefined };
  }
}
