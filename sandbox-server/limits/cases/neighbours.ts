import { expect } from 'vitest';
import type { Client } from '../../testing/client.ts';
import { type Gotten, Visitor } from '../../testing/visitor.ts';

/** Two well-behaved visitors: one at the greedy visitor's address, one elsewhere. Each talks to an echo and has a tap. */
export class Neighbours {
  readonly visitors: readonly [Visitor, Visitor];
  readonly #gotten: readonly (Client & Gotten)[];
  readonly #told: string[] = [];

  private constructor(visitors: [Visitor, Visitor], gotten: (Client & Gotten)[], taps: Client[]) {
    this.visitors = visitors;
    this.#gotten = gotten;
    for (const tap of taps) tap.socket.on('message', (data: Buffer) => this.#told.push(data.toString()));
  }

  static async of(origin: string): Promise<Neighbours> {
    const visitors = await Promise.all([Visitor.inSession(origin, '192.0.2.1'), Visitor.inSession(origin, '192.0.2.2')]);
    const taps = await Promise.all(visitors.map((visitor) => visitor.open('/tap')));
    const echoes = await Promise.all(visitors.map((visitor) => visitor.open('/echo')));
    return new Neighbours(visitors, [...echoes, ...taps], taps);
  }

  /** Checks that both still get an echo and an HTTP answer, that they lost nothing, and that their taps omitted nothing. */
  async finish(): Promise<void> {
    for (const [i, { socket, messages }] of this.#gotten.slice(0, 2).entries()) {
      socket.send(`still here ${i}`);
      expect(await messages.next()).toBe(`still here ${i}`);
    }
    for (const visitor of this.visitors) expect((await visitor.ask('/poll/~mine')).status).toBe(200);
    expect(this.#gotten.map(({ lost }) => lost)).toEqual([undefined, undefined, undefined, undefined]);
    expect(this.#told.filter((text) => text.includes('events_omitted'))).toEqual([]);
    for (const visitor of this.visitors) visitor.leave();
  }
}
