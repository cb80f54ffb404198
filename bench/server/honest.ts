import { Opcode } from '../../protocol/frame.ts';
import { Member } from './member.ts';

/** How long honest clients waited, in ms, and how many of their messages never came. */
export interface Waits {
  echo: number[];
  room: number[];
  lost: number;
}

/** Each sends this often, in ms: well below the limits. */
const every = 50;

/** Honest clients: each sends to an echo and to a room in turn, and notes how long what it sent took to come back. */
export class Honest {
  /** Connections that were closed on them. */
  refused = 0;
  readonly #members: { kind: 'echo' | 'room'; member: Member }[];
  #waits: Waits = { echo: [], room: [], lost: 0 };
  #closing = false;

  private constructor(members: { kind: 'echo' | 'room'; member: Member }[]) {
    this.#members = members;
    for (const [n, { kind, member }] of members.entries()) {
      member.listen(({ opcode, payload }) => {
        if (opcode === Opcode.close) this.refused++;
        if (opcode !== Opcode.text) return;
        const [from, sentAt] = Buffer.from(payload).toString().split(' ');
        if (Number(from) === n) this.#waits[kind].push(performance.now() - Number(sentAt));
      });
      member.socket.once('close', () => {
        if (!this.#closing) this.refused++;
      });
    }
  }

  static async open(port: number, count: number): Promise<Honest> {
    const members: { kind: 'echo' | 'room'; member: Member }[] = [];
    for (let n = 0; n < count; n++) {
      members.push({ kind: 'echo', member: await Member.open(port, '/echo') });
      members.push({ kind: 'room', member: await Member.open(port, `/broadcast/honest-${n % 4}`) });
    }
    return new Honest(members);
  }

  /** Sends for so many ms, each in its own moment, and waits for what is under way, for up to five seconds. */
  async measure(time: number): Promise<Waits> {
    this.#waits = { echo: [], room: [], lost: 0 };
    const waits = this.#waits;
    let sent = 0;
    const end = performance.now() + time;
    await Promise.all(
      this.#members.map(async ({ member }, n) => {
        await pause((every * n) / this.#members.length);
        while (performance.now() < end) {
          sent++;
          member.send(`${n} ${performance.now()}`);
          await pause(every);
        }
      }),
    );
    const patience = performance.now() + 5000;
    while (waits.echo.length + waits.room.length < sent && performance.now() < patience) await pause(20);
    waits.lost = sent - waits.echo.length - waits.room.length;
    return waits;
  }

  close(): void {
    this.#closing = true;
    for (const { member } of this.#members) member.close();
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
