/** Runs cases with the library for the page, on the switch under virtual time. */
import { Buffer } from '../../../node/buffer.ts';
import { on, once } from '../../../node/events.ts';
import { createHttp } from '../../../node/http/http.ts';
import type { NodeParts } from '../../../node/node-parts.ts';
import type { Surroundings } from '../../../program/program.ts';
import { runPrograms, type Programs } from '../../../testing/run-for-tests.ts';
import { createWs } from '../../create-ws.ts';
import { line } from './show.ts';
import { rawSocket } from './raw-socket.ts';
import { type CaseProgram, emptyTranscript, type RawSocket, type Transcript, type World, type WsCase } from './world.ts';

const port = 8080;
/** As on Node, in ms of the run. */
const grace = 40;

/** Returns bytes that only look random, the same in each run. */
function seededBytes(seed: number): (length: number) => Uint8Array {
  let state = seed;
  return (length) => Uint8Array.from({ length }, () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24);
}

function rawOn({ network }: Surroundings): RawSocket {
  const socket = network.connect(port);
  const raw = rawSocket(
    {
      write: (data) => socket.write(typeof data === 'string' ? Buffer.from(data, 'latin1') : data),
      end: () => socket.end(),
    },
    (chunks) => Buffer.concat(chunks),
  );
  socket.onData = raw.onData;
  socket.onEnd = () => socket.end();
  socket.onClose = raw.onClose;
  return raw.socket;
}

/** Returns what the programs of a case see with our library. */
export async function runInPage({ server, client, other }: WsCase): Promise<Transcript> {
  const transcript = emptyTranscript();
  let isOver = false;
  let running = 0;
  const uncaught = (error: unknown): void => void (isOver || transcript.uncaught.push(line([error], port)));
  const run =
    (who: 'server' | 'client' | 'other', seed: number, program: CaseProgram) =>
    async (surroundings: Surroundings): Promise<void> => {
      const { network, clock, activity } = surroundings;
      const nextTick = (callback: () => void): void =>
        queueMicrotask(() => {
          try {
            callback();
          } catch (error) {
            uncaught(error);
          }
        });
      const hold = <Value>(work: Promise<Value>): Promise<Value> => activity.hold(work);
      const parts: NodeParts = { network, clock, random: seededBytes(seed), nextTick, hold };
      const world: World = {
        WebSocket: createWs(parts),
        Buffer,
        events: { on, once },
        http: createHttp(parts),
        port,
        log: (...words) => void (isOver || transcript[who].push(line(words, port))),
        ready: () => undefined,
        after: (ms, callback) => void clock.set(callback, ms, false),
        raw: () => rawOn(surroundings),
      };
      await program(world);
      if (--running === 0) clock.set(() => (isOver = true), grace, false);
    };
  const programs: Programs = { server: run('server', 1, server) };
  if (client) programs['A'] = run('client', 2, client);
  if (other) programs['B'] = run('other', 3, other);
  running = Object.keys(programs).length;
  const { errors } = await runPrograms(programs);
  // What a callback of the network or a timer throws comes in no order with the rest.
  transcript.uncaught.push(...errors.map((error) => line([error], port)));
  if (!isOver) transcript.uncaught.push('timed out');
  return transcript;
}
