/** A crowd of real WebSocket clients and their own server that restarts, over real sockets on the loopback interface. */
import { WebSocket } from 'ws';
import type { Cancel, Timers } from '../endpoints/endpoint.ts';
import type { CrowdListener, Outcome, StartCrowd } from '../endpoints/crowd.ts';
import { isOutOfDescriptors, noDescriptorLeft } from '../fault-boundary.ts';
import { InTurns } from '../in-turns.ts';
import { type LoopbackMeans, LoopbackServer, type LoopbackServerParts, sentenceOf } from './loopback-server.ts';

/** How long the server is away, how many handshakes it takes within what time, and when all is over. Times in ms. */
const restart = { away: 1000, takes: 10, within: 100, over: 60_000 };

/**
 * How many clients of all crowds together may open their first connection at a time. When the clients of sixty crowds did so at
 * once, everything else stood still for seconds.
 */
const mostConnecting = 20;

/** Returns a function that starts crowds with these timers. */
export function crowdClients(timers: Timers, means: LoopbackMeans): StartCrowd {
  const connecting = new InTurns(mostConnecting);
  return (delays, listener) => startCrowd(delays, listener, timers, connecting, means);
}

function startCrowd(
  delays: readonly (readonly number[])[],
  listener: CrowdListener,
  timers: Timers,
  connecting: InTurns,
  { descriptors, faults }: LoopbackMeans,
): Cancel {
  // Take one for the listening socket, and two for both ends of each connection.
  const release = descriptors.take(2 * delays.length + 1);
  if (!release) {
    listener.failed(noDescriptorLeft().message);
    return () => undefined;
  }
  const cancels: Cancel[] = [];
  const clients = new Set<WebSocket>();
  let left = delays.length;
  let isOver = false;

  const stop = (): void => {
    isOver = true;
    for (const cancel of cancels) cancel();
    for (const client of clients) client.terminate();
    server.close();
    release();
  };
  cancels.push(timers.after(restart.over, () => listener.ended()));
  const failed = (sentence: string): void => listener.failed(sentence);
  const fail = (error: unknown): void => failed(sentenceOf(error));

  const connect = (port: number, outcome: (outcome: Outcome) => void): WebSocket => {
    const client = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    let result: Outcome = 'open';
    // `close` follows, and tells us no more than this. Listen first: without a listener, an error is thrown.
    client.on('error', (error) => {
      if (isOutOfDescriptors(error)) fail(error);
      if (result === 'open') result = 'down';
    });
    clients.add(client);
    faults.enclose(client);
    client.once('open', () => faults.run(() => outcome('open'), fail));
    client.once('unexpected-response', () => {
      result = 'refused';
      client.terminate();
    });
    client.once('close', () => {
      clients.delete(client);
      if (result !== 'open' && !isOver) faults.run(() => outcome(result), fail);
    });
    return client;
  };

  const comeBack = (port: number, [delay, ...later]: readonly number[]): void => {
    if (delay === undefined) return oneLess();
    const attempt = (): void => {
      connect(port, (outcome) => {
        listener.attempted(outcome);
        if (outcome === 'open') oneLess();
        else comeBack(port, later);
      });
    };
    cancels.push(timers.after(delay, () => faults.run(attempt, fail)));
  };
  const oneLess = (): void => {
    if (--left === 0) listener.ended();
  };

  const restartAt = (port: number): void => {
    server.close();
    listener.restarted();
    for (const list of delays) comeBack(port, list);
    const taken: number[] = [];
    const verify: LoopbackServerParts['verify'] = (_, answer) => {
      while ((taken[0] ?? Infinity) <= timers.now() - restart.within) taken.shift();
      const takes = taken.length < restart.takes;
      if (takes) taken.push(timers.now());
      answer(takes, 503);
    };
    const backAgain = (): void => {
      server = new LoopbackServer({ port, verify, failed, faults });
    };
    cancels.push(timers.after(restart.away, () => faults.run(backAgain, fail)));
  };

  const connectAll = (port: number): void => {
    let connected = 0;
    for (let i = 0; i < delays.length; i++) {
      connecting.add((done) => {
        if (isOver) return done();
        const begin = (): void => {
          const client = connect(port, () => {
            if (++connected === delays.length) restartAt(port);
          });
          client.once('open', done).once('close', done);
        };
        // Its turn may come when a client of another crowd is done, which must not pay for a fault of this one.
        faults.run(begin, fail, done);
      });
    }
  };
  let server = new LoopbackServer({ listening: connectAll, failed, faults });
  return stop;
}
