import { expect, test } from 'vitest';
import { BrokenOutcome, readOutcome } from './read-outcome.ts';

const connecting = (link: unknown): object => ({ at: 0, type: 'connect', socket: 1, port: 4321, link });
const asking = (link: unknown): object => ({ at: 0, type: 'ask', socket: 1, address: 2, request: 0, link });

test.each([[undefined], [{}], [{ latency: 200, duplex: 'half' }], [{ bandwidth: 0, cut: 1000 }]])(
  'a program may connect and ask over a link with %j of its own',
  (link) => {
    const deeds = [connecting(link), asking(link)];
    expect(readOutcome({ deeds, wakeAt: undefined })).toEqual({ deeds, wakeAt: undefined });
  },
);

test.each([[null], ['half'], [{ latency: 1e9 }], [{ duplex: 'both' }], [{ bandwidth: -1 }], [{ speed: 1 }]])(
  'a program that says it has a link with %j is not believed',
  (link) => {
    for (const deed of [connecting(link), asking(link)]) expect(() => readOutcome({ deeds: [deed] })).toThrow(BrokenOutcome);
  },
);
