import { request } from 'node:http';
import { Opcode } from '../../protocol/wire/frame.ts';
import { Learner } from './learner.ts';
import { Member } from './member.ts';

/** How long honest clients waited, in ms, and how many of their messages never arrived. */
export interface Waits {
  echo: number[];
  room: number[];
  lost: number;
}

/** The interval at which each client sends, in ms: well below the limits. */
const every = 50;

interface Timed {
  kind: 'echo' | 'room';
  member: Member;
}

/**
 * Honest learners, all behind one address. Each sends to an echo and to a room in a session, and notes how long its messages take
 * to come back. Meanwhile each works on the addresses of the lessons, in a new session for each round.
 */
export class Honest {
  /** How many of their connections were closed under them. */
  closed = 0;
  readonly #members: readonly Timed[];
  readonly #learners: readonly Learner[];
  readonly #work: Promise<unknown>;
  #waits: Waits = { echo: [], room: [], lost: 0 };
  #closing = false;

  private constructor(members: readonly Timed[], learners: readonly Learner[]) {
    this.#members = members;
    this.#learners = learners;
    for (const [n, { kind, member }] of members.entries()) {
      member.listen(({ opcode, payload }) => {
        if (opcode === Opcode.close) this.closed++;
        if (opcode !== Opcode.text) return;
        const [from, sentAt] = Buffer.from(payload).toString().split(' ');
        if (Number(from) === n) this.#waits[kind].push(performance.now() - Number(sentAt));
      });
      member.socket.once('close', () => {
        if (!this.#closing) this.closed++;
      });
    }
    this.#work = Promise.all(learners.map((learner, n) => learner.work(n, () => this.#closing)));
  }

  static async open(port: number, count: number): Promise<Honest> {
    const members: Timed[] = [];
    for (let n = 0; n < count; n++) {
      const session = await startSession(port);
      members.push({ kind: 'echo', member: await Member.open(port, `/s/${session}/echo`) });
      members.push({ kind: 'room', member: await Member.open(port, `/s/${session}/broadcast/honest-${n % 4}`) });
    }
    return new Honest(
      members,
      Array.from({ length: count }, () => new Learner(port)),
    );
  }

  /** A sentence for each thing that the learners were refused. */
  get refused(): string[] {
    return this.#learners.flatMap(({ refused }) => refused);
  }

  /** How often the learners were served. */
  get served(): number {
    return this.#learners.reduce((sum, { served }) => sum + served, 0);
  }

  /** Has every client send for `time` ms, staggered, then waits up to five seconds for messages under way. */
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

  /** Waits until each learner has finished its current work, then closes. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#work;
    for (const { member } of this.#members) member.close();
  }
}

const startSession = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/sessions', method: 'POST' }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve((JSON.parse(text) as { session: string }).session));
    })
      .on('error', reject)
      .end();
  });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
